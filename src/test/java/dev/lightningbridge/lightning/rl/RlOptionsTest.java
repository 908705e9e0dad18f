package dev.lightningbridge.lightning.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lightningbridge.agent.AgentChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RlOptionsTest {
  @Test
  void overrides_go_to_whom_they_are_for() {
    RlOptions options =
        RlOptions.of(
            Map.of(
                "actor_rollout_ref.rollout.n", "8",
                "agentlightning.rollout_timeout_seconds", "60",
                "gateway.port", "9000",
                "controller.local_runner.maximum_size", "64"));

    assertThat(options.trainer())
        .containsOnlyKeys("actor_rollout_ref.rollout.n", "agentlightning.rollout_timeout_seconds");
    assertThat(options.gateway()).containsEntry("port", "9000").hasSize(1);
    assertThat(options.controller()).containsEntry("local_runner.maximum_size", "64").hasSize(1);
    assertThat(options.agent()).isEqualTo(new AgentChoice.Prompt());
  }

  @Test
  void a_command_is_words_or_an_array_of_them() {
    assertThat(RlOptions.of(Map.of("agent.command", "java Agent.java")).agent())
        .isEqualTo(command("java", "Agent.java"));
    assertThat(RlOptions.of(Map.of("agent.command", "[\"my agent\", \"-x\"]")).agent())
        .isEqualTo(command("my agent", "-x"));
  }

  private static AgentChoice command(String... words) {
    return new AgentChoice.Command(
        List.of(words), Path.of("").toAbsolutePath(), AgentChoice.TIMEOUT_SECONDS);
  }

  @Test
  void anAgentThatIsNamedByItselfGoesBeforeTheTrainersSettings() {
    RlOptions options = RlOptions.of(Map.of("agent.url", "http://127.0.0.1:1/old"));
    assertThat(options.withAgent(command("x")).agent()).isEqualTo(command("x"));
    assertThat(options.withAgent(new AgentChoice.Prompt()).agent())
        .isEqualTo(new AgentChoice.Http("http://127.0.0.1:1/old", AgentChoice.TIMEOUT_SECONDS));
  }

  @Test
  void agents_on_kubernetes_are_made_from_a_template_that_is_there(@TempDir Path folder)
      throws Exception {
    Path template = Files.writeString(folder.resolve("job.yaml"), "kind: Job");

    assertThat(RlOptions.of(Map.of("agent.job-template", template.toString())).agent())
        .isEqualTo(new AgentChoice.Kubernetes(template));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RlOptions.of(Map.of("agent.job-template", "/nowhere/job.yaml")))
        .withMessageContaining("no file");
  }

  @Test
  void an_unknown_agent_and_two_at_once_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RlOptions.of(Map.of("agent.comand", "x")))
        .withMessage("there is no setting agent.comand");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RlOptions.of(Map.of("agent.command", "x", "agent.url", "http://x")))
        .withMessageContaining("one agent");
  }
}
