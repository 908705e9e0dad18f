package dev.lightningbridge.demo;

import dev.lightningbridge.model.sandbox.SandboxTruth;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The person of a session: knows good outputs from bad ones, but not exactly, and is more or less
 * severe.
 */
final class Reviewer {
  private static final double UNSURE = 0.7;

  private final SandboxTruth truth;
  private final double severity;
  private final SamplePlan words;
  private final SplittableRandom random;

  Reviewer(SandboxTruth truth, double severity, SamplePlan words, SplittableRandom random) {
    this.truth = truth;
    this.severity = severity;
    this.words = words;
    this.random = random;
  }

  /** A score, 1 to 10. */
  int score(String input, String output) {
    double felt =
        1 + 9 * truth.trueReward(input, output) + severity + UNSURE * random.nextGaussian();
    return Math.clamp(Math.round(felt), 1, 10);
  }

  /** What the person would say about the output. */
  String comment(String input, String output) {
    return wish(input, output)
        .map(w -> oneOf(words.openers()) + " " + w)
        .orElseGet(() -> oneOf(words.praise()));
  }

  /** What the output should have kept to; empty where nothing is wrong. */
  Optional<String> wish(String input, String output) {
    List<String> violated = truth.violated(input, output);
    return violated.isEmpty() ? Optional.empty() : Optional.of(oneOf(violated));
  }

  boolean feelsLike(double probability) {
    return random.nextDouble() < probability;
  }

  private String oneOf(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
