package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.dataset.DatasetError;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.TextHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model can be tuned on: the real system prompt, the real input, and an output. */
record TuningExample(String prompt, String input, String output) {
  /** The attempt's example; null for failures and analysis runs, and where a text is missing. */
  static @Nullable TuningExample of(Attempt a) {
    return isOutput(a)
            && a.systemPrompt() != null
            && a.output() != null
            && !a.input().isBlank()
            && !a.output().isBlank()
        ? new TuningExample(a.systemPrompt(), a.input(), a.output())
        : null;
  }

  /**
   * As {@link #of(Attempt)}; an output that makes no example for want of a text is reported, and
   * what was scored without having one is counted.
   */
  static @Nullable TuningExample of(Attempt a, ExportFolder folder) {
    TuningExample example = of(a);
    if (example == null && isOutput(a)) {
      if (a.systemPrompt() == null) {
        folder.skip(
            a.id(), DatasetError.EXAMPLE_WITHOUT_PROMPT, "the prompt that it ran with is unknown");
      } else {
        folder.skip(a.id(), DatasetError.EXAMPLE_WITHOUT_INPUT, "it has no input or output text");
      }
    } else if (example == null && a.score() != null) {
      folder.count("without_output", 1);
    }
    return example;
  }

  List<Message> messages() {
    return List.of(
        new Message("system", prompt),
        new Message("user", input),
        new Message("assistant", output));
  }

  /** The same for examples that teach the same. */
  TextHash hash() {
    return Taught.hash(prompt, input, output);
  }

  private static boolean isOutput(Attempt a) {
    return a.kind() == AttemptKind.SCORED || a.kind() == AttemptKind.UNSCORED;
  }
}
