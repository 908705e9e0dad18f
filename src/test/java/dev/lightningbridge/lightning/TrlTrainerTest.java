package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.needs.Children;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.needs.StartsWorkers;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.TrainedModel;
import dev.lightningbridge.optimize.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real TRL through Jep, on a CPU, with a model that is made on the spot. */
@NeedsEnvironment(EnvironmentKind.TUNE)
@StartsWorkers
class TrlTrainerTest {
  @TempDir static Path models;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void makeAModel() {
    model = TuneLab.tinyModel(models.resolve("tiny"));
  }

  @Test
  void supervisedTuningLowersTheLossAndLeavesWeightsThatLoad() {
    TuneLab lab = new TuneLab(folder, model);

    TrainedModel trained = lab.train(lab.settings(Algorithm.SFT, 8, 8));

    List<Double> losses = lab.metric("loss");
    assertThat(losses).hasSize(8);
    assertThat(losses.getLast()).isLessThan(losses.getFirst());
    assertThat(lab.metric("grad_norm")).allMatch(norm -> norm > 0);
    assertThat(trained.metrics().get("validation_loss_last"))
        .isLessThan(trained.metrics().get("validation_loss_first"));
    assertThat(trained.trainedWith()).contains("trl 1.", "jep 4.3.1");
    assertThat(trained.adapter()).isNotNull().isDirectoryContaining("glob:**.safetensors");
    assertThat(trained.weights()).isDirectoryContaining("glob:**/tokenizer_config.json");
    lab.events.clear();
    lab.train(trained.weights(), 1);
    assertThat(lab.metric("eval_loss").getFirst())
        .as("the merged weights, loaded as a base, begin where the training ended")
        .isCloseTo(trained.metrics().get("validation_loss_last"), Offset.offset(1e-3));
  }

  @Test
  void preferencesOfPeopleAreLearnt() {
    TuneLab lab = new TuneLab(folder, model);

    TrainedModel trained = lab.train(lab.settings(Algorithm.DPO, 6, 8));

    List<Double> losses = lab.metric("loss");
    assertThat(losses.getLast()).isLessThan(losses.getFirst());
    List<Double> margins = lab.metric("rewards/margins");
    assertThat(margins.getLast()).isGreaterThan(margins.getFirst());
    assertThat(trained.metrics()).containsEntry("accuracy_last", 1.0);
  }

  @Test
  void aCancelledTrainingLeavesNoProcessAndGoesOnFromItsCheckpoint() {
    TuneLab lab = new TuneLab(folder, model);
    lab.watcher =
        event -> {
          if (event instanceof RunEvent.TrainingStep step && step.step() == 3) {
            lab.cancellation.request();
          }
        };
    TrainingSettings settings = lab.settings(Algorithm.SFT, 30, 0);

    assertThat(catchThrowableOfType(CancellationException.class, () -> lab.train(settings)))
        .isNotNull();

    assertThat(Children.workers()).isEmpty();
    TuneLab again = lab.again();
    TrainedModel trained = again.train(settings);
    assertThat(again.events)
        .anyMatch(
            e ->
                e instanceof RunEvent.Note note
                    && note.text().startsWith("Going on from the checkpoint of step"));
    RunEvent.TrainingStep first =
        again.events.stream()
            .filter(e -> e instanceof RunEvent.TrainingStep s && s.metrics().containsKey("loss"))
            .map(RunEvent.TrainingStep.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(first.step()).isGreaterThan(3);
    assertThat(trained.metrics().get("loss_first"))
        .as("of the whole training, not of its second part")
        .isCloseTo(lab.metric("loss").getFirst(), Offset.offset(1e-6));
    assertThat(trained.adapter()).as("all weights were trained").isNull();
    assertThat(trained.weights()).isDirectory();
  }

  @Test
  void aSettingThatTheTrainerDoesNotKnowIsRefused() {
    TuneLab lab = new TuneLab(folder, model);
    TrainingSettings settings =
        new TrainingSettings(
            Algorithm.SFT,
            lab.model,
            8,
            4,
            1,
            1,
            0,
            1,
            1e-3,
            0.1,
            0,
            128,
            false,
            Map.of("lerning_rate", "1"));

    BridgeException refused =
        catchThrowableOfType(BridgeException.class, () -> lab.train(settings));

    assertThat(refused.code()).isEqualTo(LightningError.SETTING_REFUSED);
    assertThat(refused.what()).contains("lerning_rate");
  }
}
