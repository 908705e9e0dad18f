package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.optimize.RunEvent;
import java.util.ArrayList;
import java.util.List;

/** The verdicts of runs in which nothing was searched, for what the current prompt came to. */
public final class Unsearched {
  private Unsearched() {}

  /** It gets the full reward on all of so many tasks. */
  public static Verdict nothingToGain(int tasks) {
    return held(
        Verdict.Reason.NOTHING_TO_GAIN,
        "Nothing to gain: the current prompt gets the full reward on all of the %d tasks that it was run on."
            .formatted(tasks),
        List.of(
            "No critic and no editor was asked, and the sealed test stays sealed.",
            "Harder tasks (--tasks), or a grader that asks for more, can show what there is to"
                + " improve."));
  }

  /** It gets no reward on any task. */
  public static Verdict nothingToLearn(RunEvent.StartAtZero start) {
    List<String> remarks = new ArrayList<>(start.example());
    remarks.add(
        "Look whether grader, expected outputs and agent fit together; --go-on-at-zero searches all"
            + " the same.");
    String sentence = start.sentence();
    return held(
        Verdict.Reason.NOTHING_TO_LEARN,
        "Nothing to learn from: "
            + Character.toLowerCase(sentence.charAt(0))
            + sentence.substring(1),
        remarks);
  }

  private static Verdict held(Verdict.Reason reason, String sentence, List<String> remarks) {
    return new Verdict(Verdict.Decision.HOLD, reason, sentence, remarks, null);
  }
}
