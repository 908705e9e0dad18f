package dev.lightningbridge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lightningbridge.agent.AgentException.Kind;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.tasks.TaskJson;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.needs.Environments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands as agents, those that behave and those that do not. */
@Timeout(120)
class ProgramAgentTest {
  private static final Task TASK =
      new Task("t1", "How are you?", null, List.of(), null, TaskSource.PROVIDED);
  private static final Path CURL = Path.of("docs/examples/agent_curl.sh").toAbsolutePath();

  @TempDir Path folder;
  private final RolloutJournal journal = RolloutJournal.inMemory();
  private final Cancellation cancellation = new Cancellation();
  private ScriptedModel model = ScriptedModel.saying("Fine.");

  private Agents.Bench bench() {
    return new Agents.Bench(
        journal,
        CleanEnvironment.of(Environments.whole(), Set.of()),
        Assertions::fail,
        cancellation);
  }

  private AgentRunner agent(Agents.Bench bench, int seconds, String... words) {
    return Agents.of(
        new AgentChoice.Command(List.of(words), folder, seconds),
        new AgentModel(model, "gpt-x", 0.3, 99, false),
        bench);
  }

  private AgentRunner shell(String script) {
    return agent(bench(), 60, "sh", "-c", script);
  }

  private AgentException failure(AgentRunner agent) {
    return assertThatExceptionOfType(AgentException.class)
        .isThrownBy(() -> agent.run("Be kind.", TASK))
        .actual();
  }

  @Test
  void aScriptWithCurlAnswersThroughTheGateway() throws Exception {
    AgentRunner.Output output =
        agent(bench(), 60, "sh", CURL.toString()).run("Be \"kind\".\n{x}", TASK);

    assertThat(output.text()).isEqualTo("Fine.");
    assertThat(output.messages()).hasSize(3);
    ChatRequest asked = model.requests().getFirst();
    assertThat(asked.role()).isEqualTo(ModelRole.WORKER);
    assertThat(asked.model()).isEqualTo("gpt-x");
    assertThat(asked.body().path("temperature").asDouble()).isEqualTo(0.3);
    assertThat(asked.body().path("max_tokens").asInt()).isEqualTo(99);
    assertThat(asked.body().at("/messages/0/content").asText()).isEqualTo("Be \"kind\".\n{x}");
    assertThat(asked.body().at("/messages/1/content").asText()).isEqualTo("How are you?");
  }

  @Test
  void aCommandIsGivenAConversationOrValuesAsJsonAndToldSo() throws Exception {
    AgentRunner agent = shell("printf '%s ' \"$LIGHTNING_BRIDGE_INPUT\"; cat");
    Task values = TaskJson.read("{\"input\":{\"a\":\"1\",\"b\":\"{{a}}\"}}");
    Task chat =
        TaskJson.read(
            "{\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Yes?\"},"
                + "{\"role\":\"user\",\"content\":\"Help.\"}]}");

    assertThat(agent.run("{{a}}", TASK).text()).isEqualTo("text How are you?");
    assertThat(agent.run("{{a}}", values).text()).isEqualTo("values {\"a\":\"1\",\"b\":\"{{a}}\"}");
    assertThat(agent.run("{{a}}", chat).text()).startsWith("chat [{\"role\":\"user\",");
    assertThat(agent.run("{{a}}", chat).messages()).hasSize(5);
  }

  @Test
  void aFinishedRolloutIsNotRunAgainByALaterProcess() throws Exception {
    String script = "echo x >> count; cat";
    Agents.Bench first = bench();
    agent(first, 60, "sh", "-c", script).run("p", TASK);
    agent(first, 60, "sh", "-c", script).run("p", TASK);
    assertThat(runs()).as("a repeat is another rollout").isEqualTo(2);

    Agents.Bench later = bench();
    AgentRunner again = agent(later, 60, "sh", "-c", script);
    assertThat(again.run("p", TASK).text()).isEqualTo("How are you?");
    again.run("p", TASK);
    assertThat(runs()).isEqualTo(2);
    again.run("another prompt", TASK);
    assertThat(runs()).isEqualTo(3);
  }

  private long runs() throws IOException {
    return Files.readAllLines(folder.resolve("count")).size();
  }

  @Test
  void eachRolloutHasATokenOfItsOwnThatEndsWithIt() throws Exception {
    AgentRunner agent = shell("echo $OPENAI_API_KEY $OPENAI_BASE_URL");
    String first = agent.run("p", TASK).text();
    assertThat(agent.run("p", TASK).text()).isNotEqualTo(first);
    String[] words = first.split(" ");
    assertThat(
            shell(
                    "curl -s -m 5 -H 'Authorization: Bearer %s' %s/models || echo gone"
                        .formatted(words[0], words[1]))
                .run("p", TASK)
                .text())
        .isEqualTo("gone");
  }

  @Test
  void aStatusOtherThanZeroIsTheAgentsFailureWithItsLastWords() {
    AgentException failure = failure(shell("echo $OPENAI_API_KEY is no good >&2; exit 3"));
    assertThat(failure.kind()).isEqualTo(Kind.EXIT_STATUS);
    assertThat(failure.failure().cause())
        .startsWith("the agent's command \"sh -c ")
        .endsWith("ended with status 3: [key] is no good");
  }

  @Test
  void oneThatHangsWritesWithoutEndOrSaysNothingIsNoZero() {
    assertThat(failure(agent(bench(), 1, "sleep", "600")).kind()).isEqualTo(Kind.AGENT_TIMED_OUT);
    assertThat(failure(shell("head -c 100000000 /dev/zero")).kind())
        .isEqualTo(Kind.OUTPUT_TOO_LONG);
    assertThat(failure(shell("true")).kind()).isEqualTo(Kind.BAD_ANSWER);
  }

  @Test
  void aModelThatFailsIsTheModelsFailureWhateverTheProgramMakesOfIt() {
    model =
        new ScriptedModel(
            request -> {
              throw new ModelException(ModelException.Kind.REFUSED, "It declined");
            });
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> agent(bench(), 60, "sh", CURL.toString()).run("p", TASK))
        .withMessage("It declined");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> shell("sh " + CURL + " >&2; echo Sorry").run("p", TASK))
        .withMessage("It declined");
  }

  @Test
  void aBudgetThatIsUsedUpEndsTheRunThoughTheProgramGoesOn() {
    model =
        new ScriptedModel(
            request -> {
              if (request.ordinal() == 0 && request.model().equals("second")) {
                return ScriptedModel.answer("ok", "stop");
              }
              throw new ModelException(ModelException.Kind.BUDGET_EXHAUSTED, "All is spent");
            });
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () ->
                shell("sh %s; sed s/auto/second/ %s > s; sh s".formatted(CURL, CURL))
                    .run("p", TASK))
        .withMessage("All is spent");
  }

  @Test
  void aCancellationEndsTheProgram() {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Thread.sleep(500);
              } catch (InterruptedException e) {
                return;
              }
              cancellation.request();
            });
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> shell("sleep 600").run("p", TASK))
        .extracting(ModelException::kind)
        .isEqualTo(ModelException.Kind.CANCELLED);
  }

  @Test
  void aProgramThatIsNotThereIsSeenBeforeTheRun() {
    assertThatExceptionOfType(BridgeException.class)
        .isThrownBy(() -> Agents.check(AgentChoice.Command.of("no-such-agent -x", 10)))
        .withMessageContaining("there is no program no-such-agent that can be run");
  }
}
