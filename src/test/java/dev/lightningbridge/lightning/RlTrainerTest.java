package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.lightning.rl.JobMark;
import dev.lightningbridge.needs.Children;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.needs.StartsWorkers;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.TrainedModel;
import dev.lightningbridge.optimize.TrainingSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * agentlightning's real trainer, gateway and controller, through Jep, on a CPU, with a model that
 * is made on the spot. A few steps on random weights show nothing about learning, so no test
 * asserts the reward.
 */
@NeedsEnvironment({EnvironmentKind.RL, EnvironmentKind.RL_GATEWAY})
@StartsWorkers
class RlTrainerTest {
  /** Loads the folder as a model, and fails where a weight is no number or none has changed. */
  private static final String LOADS_AND_DIFFERS =
      """
      import sys
      import torch
      from transformers import AutoModelForCausalLM
      base, trained = (
          AutoModelForCausalLM.from_pretrained(f, dtype=torch.float32).state_dict() for f in sys.argv[1:]
      )
      assert base.keys() == trained.keys()
      assert all(torch.isfinite(value).all() for value in trained.values())
      assert any((trained[name] - base[name]).abs().max() > 1e-3 for name in base)
      """;

  @TempDir static Path models;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void makeAModel() {
    model = RlLab.tinyModel(models.resolve("tiny"));
  }

  @Test
  void steps_of_the_real_trainer_change_the_weights_which_then_load_by_themselves() {
    RlLab lab = new RlLab(folder, model);

    TrainedModel trained = lab.train(lab.settings(2, 0.001, 0, Map.of()));

    assertThat(lab.metric("grad_norm")).hasSize(2).allMatch(norm -> norm > 0);
    assertThat(lab.metric("kl")).hasSize(2);
    assertThat(lab.metric("rollouts")).containsExactly(16.0, 16.0);
    assertThat(lab.metric("validation_reward")).as("before, and after each step").hasSize(3);
    RlLab.run("-c", LOADS_AND_DIFFERS, lab.model.toString(), trained.weights().toString());
    assertThat(trained.adapter()).isNull();
    assertThat(trained.metrics()).containsKeys("reward_first", "reward_last", "seconds");
    assertThat(trained.trainedWith()).contains("agentlightning 1.0.2", "verl 0.8.0", "jep 4.3.1");
    assertThat(lab.work().resolve("agents.json")).doesNotExist();
    assertNothingIsLeft();
  }

  @Test
  void an_adapter_alone_can_be_trained_and_is_merged() {
    RlLab lab = new RlLab(folder, model);

    TrainedModel trained = lab.train(lab.settings(1, 0, 4, Map.of()));

    assertThat(lab.metric("grad_norm")).allMatch(norm -> norm > 0);
    assertThat(trained.adapter()).isNotNull().isDirectoryContaining("glob:**.safetensors");
    RlLab.run("-c", LOADS_AND_DIFFERS, lab.model.toString(), trained.weights().toString());
  }

  @Test
  void a_cancelled_training_leaves_no_process_and_goes_on_from_its_checkpoint() {
    RlLab lab = new RlLab(folder, model);
    lab.watcher =
        event -> {
          if (event instanceof RunEvent.TrainingStep step && step.step() == 1) {
            lab.cancellation.request();
          }
        };
    TrainingSettings settings = lab.settings(3, 0, 0, Map.of());

    assertThat(catchThrowableOfType(CancellationException.class, () -> lab.train(settings)))
        .isNotNull();

    assertNothingIsLeft();
    RlLab again = lab.again();
    again.train(settings);
    List<Integer> steps =
        again.events.stream()
            .filter(e -> e instanceof RunEvent.TrainingStep s && s.metrics().containsKey("reward"))
            .map(e -> ((RunEvent.TrainingStep) e).step())
            .toList();
    assertThat(steps).as("the first step is not taken again").containsExactly(2, 3);
    assertNothingIsLeft();
  }

  /** On a GPU that Ray is only told of: its processes start, and wait for one. */
  @Test
  void rays_processes_end_with_a_cancelled_training_too() throws Exception {
    RlLab lab = new RlLab(folder, model);
    TrainingSettings onRay =
        RlLab.onGpus(
            lab.settings(
                1,
                0,
                0,
                Map.of(
                    "+ray_kwargs.ray_init.address", "local",
                    "+ray_kwargs.ray_init.num_gpus", "1",
                    "+ray_kwargs.ray_init.num_cpus", "2",
                    "+ray_kwargs.ray_init.object_store_memory", "200000000")),
            1);
    AtomicBoolean seen = new AtomicBoolean();
    Thread canceller =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!seen.get()) {
                    seen.set(ProcessHandle.current().descendants().anyMatch(this::isRaylet));
                    LockSupport.parkNanos(100_000_000);
                  }
                  lab.cancellation.request();
                });
    try {
      assertThat(catchThrowableOfType(CancellationException.class, () -> lab.train(onRay)))
          .isNotNull();
    } finally {
      seen.set(true);
      canceller.join();
    }

    assertNothingIsLeft();
  }

  private boolean isRaylet(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/raylet")).isPresent();
  }

  @Test
  void a_setting_that_the_trainer_does_not_know_is_refused_before_anything_starts() {
    RlLab lab = new RlLab(folder, model);

    BridgeException refused =
        catchThrowableOfType(
            BridgeException.class,
            () ->
                lab.train(
                    lab.settings(1, 0, 0, Map.of("actor_rollout_ref.actor.clip_ration", "0.3"))));

    assertThat(refused.code()).isEqualTo(LightningError.SETTING_REFUSED);
    assertThat(refused.what()).contains("clip_ration");
    assertThat(lab.work().resolve("log")).as("no gateway was started").doesNotExist();
  }

  @Test
  void more_gpus_than_there_are_are_refused_before_anything_starts() {
    RlLab lab = new RlLab(folder, model);

    BridgeException refused =
        catchThrowableOfType(
            BridgeException.class,
            () -> lab.train(RlLab.onGpus(lab.settings(1, 0, 0, Map.of()), 16)));

    assertThat(refused.code()).isEqualTo(LightningError.GPU_MISSING);
    assertThat(refused.what()).contains("16 GPUs are asked for");
    assertThat(lab.work().resolve("log")).as("no gateway was started").doesNotExist();
  }

  private static void assertNothingIsLeft() {
    assertThat(Children.workers()).isEmpty();
    assertThat(ProcessHandle.allProcesses().filter(RlTrainerTest::isOfATraining)).isEmpty();
  }

  private static boolean isOfATraining(ProcessHandle process) {
    try {
      return Files.readString(
              Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1)
          .contains(JobMark.VARIABLE);
    } catch (IOException e) {
      return false;
    }
  }
}
