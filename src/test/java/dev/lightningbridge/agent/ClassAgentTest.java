package dev.lightningbridge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lightningbridge.agent.AgentException.Kind;
import dev.lightningbridge.common.BoundedProcess;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.common.ProcessEnd;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.model.GatewayEndpoint;
import dev.lightningbridge.needs.Compiled;
import dev.lightningbridge.needs.Environments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Java classes as agents, from a class path of their own. */
@Timeout(120)
class ClassAgentTest {
  private static final Task TASK =
      new Task("t1", "How \"are\" you?", null, List.of(), null, TaskSource.PROVIDED);
  private static final String BAD =
      """
      import dev.lightningbridge.agent.AgentRunner;
      import dev.lightningbridge.dataset.Task;
      import dev.lightningbridge.model.ModelEndpoint;

      public final class Bad implements AgentRunner {
        private final ModelEndpoint model;

        public Bad(ModelEndpoint model) {
          this.model = model;
        }

        @Override
        public Output run(String prompt, Task task) {
          switch (prompt) {
            case "hang" -> {
              while (true) {
                try {
                  Thread.sleep(1000);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
            }
            case "null" -> {
              return null;
            }
            case "jackson" -> {
              try {
                Class.forName("com.fasterxml.jackson.databind.ObjectMapper");
                return new Output(java.util.List.of(), "seen");
              } catch (ClassNotFoundException e) {
                return new Output(java.util.List.of(), "not seen");
              }
            }
            default -> throw new IllegalStateException("no use for " + model.token());
          }
        }
      }
      """;

  @TempDir static Path folder;
  private final ScriptedModel model = ScriptedModel.saying("Fine \"as\" ever.\nÄ");

  @BeforeAll
  static void compiled() throws Exception {
    Path bad = Files.writeString(folder.resolve("Bad.java"), BAD);
    Compiled.files(folder, List.of("docs/examples/ClassAgent.java", bad.toString()));
  }

  private AgentRunner agent(String name, int seconds) {
    return Agents.of(
        new AgentChoice.JavaClass(name, List.of(folder.toString()), seconds),
        new AgentModel(model, "gpt-x", null, null, false),
        new Agents.Bench(
            RolloutJournal.inMemory(),
            CleanEnvironment.of(Map.of(), Set.of()),
            Assertions::fail,
            new Cancellation()));
  }

  @Test
  void theExampleAnswersThroughTheGateway() throws Exception {
    assertThat(agent("ClassAgent", 30).run("Be \\kind\\.", TASK).text())
        .isEqualTo("Fine \"as\" ever.\nÄ");
    assertThat(model.requests().getFirst().body().at("/messages/0/content").asText())
        .isEqualTo("Be \\kind\\.");
    assertThat(model.requests().getFirst().body().at("/messages/1/content").asText())
        .isEqualTo("How \"are\" you?");
  }

  @Test
  void theSameClassIsACommandWhereRolloutsAreProcesses() throws Exception {
    AgentChoice.Command command =
        JavaClassCommand.of(
            new AgentChoice.JavaClass("ClassAgent", List.of(folder.toString()), 30));
    try (GatewayEndpoint models = GatewayEndpoint.before(model).open()) {
      ProcessEnd end =
          new BoundedProcess(
                  command.words(),
                  command.folder(),
                  CleanEnvironment.of(Environments.whole(), Set.of()),
                  Duration.ofSeconds(60),
                  1000)
              .run(
                  "Hello",
                  Map.of(
                      "OPENAI_BASE_URL",
                      models.endpoint().baseUrl().toString(),
                      "OPENAI_API_KEY",
                      models.endpoint().token()),
                  new Cancellation());
      assertThat(end).isEqualTo(new ProcessEnd.Exited(0, "Fine \"as\" ever.\nÄ", ""));
    }
  }

  @Test
  void itSeesNoneOfOurLibraries() throws Exception {
    assertThat(agent("Bad", 30).run("jackson", TASK).text()).isEqualTo("not seen");
  }

  @Test
  void oneThatThrowsHangsOrAnswersNothingIsNoZero() {
    AgentException thrown = failure("boom");
    assertThat(thrown.kind()).isEqualTo(Kind.EXIT_STATUS);
    assertThat(thrown)
        .hasMessage(
            "the agent's class Bad failed: java.lang.IllegalStateException: no use for [key]");
    assertThat(failure("hang").kind()).isEqualTo(Kind.AGENT_TIMED_OUT);
    assertThat(failure("null").kind()).isEqualTo(Kind.BAD_ANSWER);
  }

  private AgentException failure(String prompt) {
    return assertThatExceptionOfType(AgentException.class)
        .isThrownBy(() -> agent("Bad", 2).run(prompt, TASK))
        .actual();
  }

  @Test
  void aClassThatIsNotThereOrNoAgentIsSeenBeforeTheRun() {
    assertThatExceptionOfType(BridgeException.class)
        .isThrownBy(() -> agent("no.Such", 1))
        .withMessageContaining("it is not on its class path");
    assertThatExceptionOfType(BridgeException.class)
        .isThrownBy(() -> agent("java.lang.String", 1))
        .withMessageContaining("does not implement");
  }
}
