package dev.lightningbridge.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input that an agent is run on.
 *
 * @param id the database's where it has one, else derived from the input
 * @param expected the output wanted, where known
 * @param checks conditions on the output, where known
 * @param tag the group that the task belongs to, where its author has named one; not blank
 */
public record Task(
    String id,
    String input,
    @Nullable Expected expected,
    List<Check> checks,
    @Nullable String sessionId,
    TaskSource source,
    @Nullable String tag) {

  /** A task that expects a text or nothing, without a tag. */
  public Task(
      String id,
      String input,
      @Nullable String expected,
      List<Check> checks,
      @Nullable String sessionId,
      TaskSource source) {
    this(id, input, Expected.ofText(expected), checks, sessionId, source, null);
  }

  /** The output wanted, as a person or a model is shown it; null where it is not known. */
  public @Nullable String expectedText() {
    return expected == null ? null : expected.text();
  }
}
