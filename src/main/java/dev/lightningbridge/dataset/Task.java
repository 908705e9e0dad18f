package dev.lightningbridge.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input that an agent is run on.
 *
 * @param id the database's where it has one, else derived from the input
 * @param input as a text; of a shape its text
 * @param expected the output wanted, where known
 * @param checks conditions on the output, where known
 * @param tag the group that the task belongs to, where its author has named one; not blank
 * @param shape where the input is more than a text; else null
 */
public record Task(
    String id,
    String input,
    @Nullable Expected expected,
    List<Check> checks,
    @Nullable String sessionId,
    TaskSource source,
    @Nullable String tag,
    @Nullable InputShape shape) {
  /** A task whose input is a text. */
  public Task(
      String id,
      String input,
      @Nullable Expected expected,
      List<Check> checks,
      @Nullable String sessionId,
      TaskSource source,
      @Nullable String tag) {
    this(id, input, expected, checks, sessionId, source, tag, null);
  }

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

  /** The input as programs get it: the text, or the shape as JSON. */
  public String given() {
    return shape == null ? input : shape.json();
  }

  /** How the input is given: {@code text}, {@code chat} or {@code values}. */
  public String form() {
    return shape == null ? "text" : shape.label();
  }

  /** The output wanted, as a person or a model is shown it; null where it is not known. */
  public @Nullable String expectedText() {
    return expected == null ? null : expected.text();
  }
}
