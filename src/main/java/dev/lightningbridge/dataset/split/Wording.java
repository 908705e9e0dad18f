package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.TextHash;
import org.jspecify.annotations.Nullable;

/**
 * A distinct input, as the split looks at it.
 *
 * @param answer of the output wanted; null where it is not known
 * @param label whether the answer is short, so that another answer makes another task
 * @param tag null where there is none
 * @param real whether it was captured or provided and not made by a model
 */
public record Wording(
    InputKey key,
    Core core,
    @Nullable TextHash answer,
    boolean label,
    @Nullable String tag,
    boolean real) {
  private static final int LONGEST_LABEL = 40;
  private static final String LABEL = "label";

  /** Of a task. */
  public static Wording of(Task task) {
    String answer =
        task.expected() != null
            ? InputKey.normalised(task.expected().text())
            : task.checks().isEmpty() ? null : task.checks().toString();
    return new Wording(
        InputKey.of(task.input()),
        Core.of(task.input()),
        answer == null ? null : TextHash.of(answer),
        answer != null && answer.length() <= LONGEST_LABEL,
        task.tag(),
        task.source() != TaskSource.SYNTHETIC);
  }

  /** Of an input that agents were run on. */
  public static Wording captured(InputKey key, String input, @Nullable String tag) {
    return new Wording(key, Core.of(input), null, false, tag, true);
  }

  /** What {@link #text} gave, of an input that was asked. */
  public static Wording ofText(InputKey key, String text) {
    String[] parts = text.split(" ", -1);
    TextHash answer = parts[1].isEmpty() ? null : TextHash.ofHex(parts[1]);
    return new Wording(key, Core.ofText(parts[0]), answer, parts[2].equals(LABEL), null, true);
  }

  /** Words, answer, and whether it is a label, as hashes; to be compared with later wordings. */
  public String text() {
    return "%s %s %s"
        .formatted(core.text(), answer == null ? "" : answer.hex(), label ? LABEL : "");
  }

  /** Whether their answers tell that they are different tasks, however alike they read. */
  boolean isAnsweredOtherwise(Wording other) {
    return label && other.label && !sameAnswer(other);
  }

  boolean sameAnswer(Wording other) {
    return answer != null && answer.equals(other.answer);
  }

  /** Of the same input from two sources: what the first does not know the second may. */
  Wording or(Wording other) {
    Wording answered = answer == null ? other : this;
    return new Wording(
        key,
        core,
        answered.answer,
        answered.label,
        tag == null ? other.tag : tag,
        real || other.real);
  }
}
