package dev.lightningbridge.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of an import. Serialised as it is.
 *
 * @param lineageId the lineage of most rows, with its newest agent version; null where there is
 *     none
 * @param skipped the first rows that were left out for a reason
 * @param skippedByCode how many there were of each reason
 * @param scale on which the scores were taken to be; null where there were none
 * @param understood columns of other names, with the field that each was taken for
 * @param keptAsMetadata columns that are no field
 * @param remarks what should be known besides, each a sentence
 * @param backup of the database as it was; null where it is new or nothing was written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportReport(
    String db,
    String sessionId,
    @Nullable String lineageId,
    @Nullable String agentVersionId,
    Rows rows,
    List<Left> skipped,
    Map<String, Long> skippedByCode,
    @Nullable String scale,
    Map<String, String> understood,
    Set<String> keptAsMetadata,
    List<String> remarks,
    @Nullable String backup) {
  /**
   * How many rows.
   *
   * @param skipped all that were not written
   * @param known of these, what the database had already
   * @param scored of those read, how many have a score
   * @param tasks of those read, how many have no output
   * @param expected of those read, how many have an answer
   */
  public record Rows(
      long read, long written, long skipped, long known, long scored, long tasks, long expected) {}

  /** A row that was left out. */
  public record Left(String file, long line, String code, String why) {}
}
