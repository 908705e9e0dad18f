package dev.lightningbridge.cli.text;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.runs.judging.JudgeEstimate;
import dev.lightningbridge.runs.models.RunEstimate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An estimate in words. */
public final class EstimateText {
  private EstimateText() {}

  public static List<String> of(RunEstimate estimate) {
    List<String> lines = new ArrayList<>();
    if (estimate.missing() > 0) {
      lines.add(
          "Nothing would be called: %d more distinct inputs are needed. Give some with --tasks."
              .formatted(estimate.missing()));
      return lines;
    }
    lines.add("Without --dry-run this would take " + inShort(estimate) + ".");
    lines.add("");
    lines.add(
        fact(
            "Tasks",
            "%d train, %d validation, %d sealed test"
                .formatted(estimate.train(), estimate.validation(), estimate.test())));
    estimate.testInWords().ifPresent(words -> lines.add(fact("Test", words)));
    RunEstimate.Training training = estimate.training();
    if (training != null) {
      lines.add(fact("Training", training(training)));
    }
    RunEstimate.ExternalGrades external = estimate.externalGrades();
    if (external != null) {
      lines.add(
          fact("Grader", "%s, about %,d times".formatted(external.grader(), external.grades())));
    }
    lines.add(fact("In all", words(estimate.calls(), estimate.tokens(), estimate.usd())));
    if (estimate.endpointCheck().calls() > 0) {
      lines.add(fact("of that", part(estimate.endpointCheck()) + " to try each model first"));
    }
    if (estimate.judged()) {
      lines.add(fact("of that", part(estimate.judgeTest()) + " to compare the judge with people"));
    }
    lines.add(fact("of that", "at most " + part(estimate.sealedTest()) + " for the sealed test"));
    if (estimate.atLeast()) {
      lines.add(fact("Agent", "one call a rollout is counted; a program may make more"));
    }
    lines.add("");
    lines.add("No model was called, and no run was kept.");
    return lines;
  }

  public static List<String> of(JudgeEstimate estimate) {
    return List.of(
        "Without --dry-run this would take about "
            + words(estimate.calls(), estimate.tokens(), estimate.usd())
            + ".",
        "",
        fact(
            "Scores",
            "%d tested of %d, some of them twice".formatted(estimate.outputs(), estimate.scores())),
        "",
        "No model was called, and nothing was kept.");
  }

  /** "about 470 calls, about 1.20 USD". */
  static String inShort(RunEstimate estimate) {
    return inShort(new Consent.Cost(estimate));
  }

  static String inShort(Consent.Cost cost) {
    Double usd = cost.usd();
    String about = cost.atLeast() ? "at least " : "about ";
    return "%s%s, %s"
        .formatted(
            about,
            Figures.counted(cost.calls(), "call"),
            usd == null ? "at a price that is not known" : about + usd(usd));
  }

  private static String training(RunEstimate.Training training) {
    if (training.tooFew()) {
      return "nothing, since there are %d examples and %d are needed"
          .formatted(training.examples(), training.needed());
    }
    String learns =
        training.examples() == null ? "" : " on " + Figures.counted(training.examples(), "example");
    return "%s%s%s"
        .formatted(
            Figures.counted(training.steps(), "step"),
            learns,
            training.measured() ? "" : "; nothing can grade it");
  }

  private static String part(RunEstimate.Part part) {
    return words(part.calls(), part.tokens(), part.usd());
  }

  private static String words(long calls, long tokens, @Nullable Double usd) {
    return "%s, %s, %s"
        .formatted(
            Figures.counted(calls, "call"),
            Figures.counted(tokens, "token"),
            usd == null ? "no price known" : usd(usd));
  }

  private static String usd(double usd) {
    return Figures.usd(usd) + " USD";
  }

  private static String fact(String name, String text) {
    return "%-9s %s".formatted(name, text);
  }
}
