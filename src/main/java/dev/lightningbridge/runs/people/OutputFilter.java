package dev.lightningbridge.runs.people;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which outputs of a session are meant.
 *
 * @param scored null for all
 * @param lineageId null for all; {@code version} likewise
 * @param least score; an output without one is none of these where a bound is given
 * @param most score
 * @param text that stands in input, output or comment, in capitals or not; null for all
 */
public record OutputFilter(
    @Nullable Boolean scored,
    @Nullable String lineageId,
    @Nullable Integer version,
    @Nullable Integer least,
    @Nullable Integer most,
    @Nullable String text) {
  public static final OutputFilter ALL = new OutputFilter(null, null, null, null, null, null);

  boolean takes(SessionOutput output) {
    Integer score = output.score();
    return (scored == null || scored == (score != null))
        && (lineageId == null || lineageId.equals(output.lineageId()))
        && (version == null || version == output.version())
        && (least == null || (score != null && score >= least))
        && (most == null || (score != null && score <= most))
        && (text == null
            || holds(output.input())
            || holds(output.output())
            || holds(output.comment()));
  }

  private boolean holds(@Nullable String where) {
    return where != null
        && text != null
        && where.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }
}
