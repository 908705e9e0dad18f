package dev.lightningbridge.runs;

import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.optimize.verdict.PairedRollout;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What both prompts did on one task of the sealed test.
 *
 * @param source captured, provided or synthetic
 * @param tag the group that the task belongs to; null where it has none
 * @param difference the winner's reward minus the current prompt's; null where either has none
 */
public record TaskEvidence(
    String taskId,
    String source,
    String input,
    @Nullable String expected,
    @Nullable String tag,
    Side baseline,
    Side winner,
    @Nullable Double difference) {

  /**
   * What one prompt did.
   *
   * @param reward 0 to 1; null where model, network or grader failed
   * @param failure why it failed; null where it did not
   */
  public record Side(String output, @Nullable Double reward, @Nullable String failure) {
    static Side of(Rollout rollout) {
      OptionalDouble reward = rollout.reward();
      return new Side(
          rollout.output(),
          reward.isPresent() ? reward.getAsDouble() : null,
          rollout.failure().map(Failure::cause).orElse(null));
    }
  }

  static TaskEvidence of(PairedRollout pair) {
    OptionalDouble difference = pair.difference();
    TaskSource source = pair.task().source();
    return new TaskEvidence(
        pair.task().id(),
        source.name().toLowerCase(Locale.ROOT),
        pair.task().input(),
        pair.task().expectedText(),
        pair.task().tag(),
        Side.of(pair.baseline()),
        Side.of(pair.winner()),
        difference.isPresent() ? difference.getAsDouble() : null);
  }
}
