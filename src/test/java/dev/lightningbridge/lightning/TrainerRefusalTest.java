package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.optimize.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the trainers refuse by themselves, on environments in which no Python can be started. */
class TrainerRefusalTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"SFT", "DPO"})
  void aFolderThatIsNoModelIsRefusedBeforeAnythingStarts(Algorithm algorithm) throws IOException {
    TuneLab lab = new TuneLab(folder, noModel(), environment(EnvironmentKind.TUNE));

    BridgeException refused =
        catchThrowableOfType(BridgeException.class, () -> lab.train(lab.settings(algorithm, 1, 0)));

    assertThat(refused.code()).isEqualTo(LightningError.MODEL_UNUSABLE);
    assertThat(refused.what()).contains("config.json");
  }

  @Test
  void aFolderThatIsNoModelIsRefusedByReinforcementLearningToo() throws IOException {
    RlLab lab = rlLab();

    BridgeException refused =
        catchThrowableOfType(
            BridgeException.class, () -> lab.train(lab.settings(1, 0, 0, Map.of())));

    assertThat(refused.code()).isEqualTo(LightningError.MODEL_UNUSABLE);
    assertThat(refused.what()).contains("config.json");
    assertThat(lab.work()).as("no gateway was started").doesNotExist();
  }

  @Test
  void withoutAGpuNothingIsTrainedUnlessItIsATrial() throws IOException {
    RlLab lab = rlLab();

    BridgeException refused =
        catchThrowableOfType(
            BridgeException.class,
            () -> lab.train(RlLab.onGpus(lab.settings(1, 0, 0, Map.of()), 0)));

    assertThat(refused.code()).isEqualTo(LightningError.GPU_MISSING);
    assertThat(refused.remedy()).contains("--cpu-trial");
    assertThat(lab.work()).as("no gateway was started").doesNotExist();
  }

  private Path noModel() throws IOException {
    return Files.createDirectory(folder.resolve("no-model"));
  }

  private RlLab rlLab() throws IOException {
    return new RlLab(
        folder,
        noModel(),
        environment(EnvironmentKind.RL),
        environment(EnvironmentKind.RL_GATEWAY));
  }

  private PythonEnvironment environment(EnvironmentKind kind) throws IOException {
    return MadeUpEnvironment.in(folder.resolve(kind.name()), kind);
  }
}
