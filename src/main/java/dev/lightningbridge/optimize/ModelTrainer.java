package dev.lightningbridge.optimize;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.grading.Grader;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Trains a model's weights rather than a prompt. */
public interface ModelTrainer {
  /** {@code trl-sft}, {@code trl-dpo} or {@code agentlightning-rl}. */
  String name();

  /**
   * Trains to the end; goes on from the last whole checkpoint in the job's work folder, where there
   * is one. No process of the job is left when this returns or throws.
   *
   * @throws BridgeException where the training cannot start or go on: environment or GPU missing,
   *     settings refused, Python failed
   * @throws CancellationException where it was cancelled; its checkpoints stay
   */
  TrainedModel train(TrainingJob job, Context context);

  /**
   * What a trainer works with.
   *
   * @param grader gives the reward of an output; null where nothing grades, and then no algorithm
   *     is trained by that learns from rewards
   */
  record Context(@Nullable Grader grader, RunEvent.Listener events, Cancellation cancellation) {}
}
