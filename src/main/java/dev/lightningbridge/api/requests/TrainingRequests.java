package dev.lightningbridge.api.requests;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.lightning.Gpus;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.TrainingChoice;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.server.ApiError;
import dev.lightningbridge.server.BaseModels;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Makes of the training that a client asks for the settings of one, with what is usual. */
@ApplicationScoped
class TrainingRequests {
  private final BaseModels models;

  TrainingRequests(BaseModels models) {
    this.models = models;
  }

  /**
   * The settings.
   *
   * @throws BridgeException where the base model is not allowed, or the settings do not go together
   */
  TrainingSettings of(NewTraining asked) {
    try {
      return new TrainingChoice(
              Algorithm.named(asked.algorithm()),
              models.resolve(asked.baseModel()),
              asked.minScore(),
              asked.batch(),
              asked.rollouts(),
              asked.steps(),
              asked.gpus(),
              asked.nodes(),
              asked.learningRate(),
              asked.beta(),
              asked.loraRank(),
              asked.maxExampleTokens(),
              Boolean.TRUE.equals(asked.cpuTrial()),
              Map.of())
          .settings(() -> Gpus.found().size());
    } catch (IllegalArgumentException e) {
      throw new BridgeException(
          ApiError.TRAINING_REFUSED,
          String.valueOf(e.getMessage()),
          "training",
          "docs/training.md says what each setting is for.",
          e);
    }
  }
}
