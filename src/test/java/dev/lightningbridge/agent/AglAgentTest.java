package dev.lightningbridge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.agent.AgentException.Kind;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.model.ModelEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent of agentlightning before a queue that is played. */
@Timeout(60)
class AglAgentTest {
  private static final Task TASK =
      new Task("t1", "How are you?", null, List.of(), null, TaskSource.PROVIDED);
  private static final ModelEndpoint MODELS =
      new ModelEndpoint(URI.create("http://127.0.0.1:9/v1"), "lb-token");

  private final PlayedQueue queue = new PlayedQueue();
  private final Cancellation cancellation = new Cancellation();

  private String answer() throws AgentException, InterruptedException {
    return new AglAgent(
            new AgentChoice.Agl("support", 120),
            queue,
            "gpt-x",
            queue.clock(),
            Duration.ofMillis(1))
        .answer("Be {kind}.", TASK, MODELS, cancellation);
  }

  private AgentException failure() {
    return assertThatExceptionOfType(AgentException.class).isThrownBy(this::answer).actual();
  }

  @Test
  void a_rollout_has_the_task_the_prompt_and_the_model_at_its_own_endpoint() throws Exception {
    queue.then("succeeded", "succeeded").span("agentlightning.message.body", "Fine.");
    assertThat(answer()).isEqualTo("Fine.");
    assertThat(queue.input).hasToString("{\"id\":\"t1\",\"input\":\"How are you?\"}");
    assertThat(queue.resources)
        .hasToString(
            "{\"prompt_template\":{\"resource_type\":\"prompt_template\",\"template\":\"Be"
                + " {{kind}}.\",\"engine\":\"f-string\"},\"main_llm\":{\"resource_type\":\"llm\","
                + "\"endpoint\":\"http://127.0.0.1:9/v1\",\"model\":\"gpt-x\",\"api_key\":"
                + "\"lb-token\",\"sampling_parameters\":{}}}");
    assertThat(queue.config)
        .hasToString(
            "{\"timeout_seconds\":120,\"unresponsive_seconds\":60,\"max_attempts\":3,"
                + "\"retry_condition\":[\"unresponsive\"]}");
  }

  @Test
  void its_output_is_the_last_message_that_it_emitted_whatever_the_model_said_after()
      throws Exception {
    queue
        .then("queuing", null)
        .then("preparing", "preparing")
        .then("running", "running")
        .then("succeeded", "succeeded")
        .span("agentlightning.message.body", "first")
        .span("agentlightning.message.body", "second")
        .span("gen_ai.completion.0.content", "third");
    assertThat(answer()).isEqualTo("second");
  }

  @Test
  void without_a_message_it_is_the_last_chat_completion() throws Exception {
    queue
        .then("succeeded", "succeeded")
        .span("gen_ai.completion.0.content", "a plan")
        .span("gen_ai.completion.0.content", "an answer")
        .span("gen_ai.completion.0.role", "assistant");
    assertThat(answer()).isEqualTo("an answer");
  }

  @Test
  void without_either_it_is_what_its_last_call_was_answered_and_never_its_reward()
      throws Exception {
    queue.then("succeeded", "succeeded").span("agentlightning.reward.0.value", "1.0");
    assertThat(answer()).isNull();
    assertThat(played(ScriptedModel.saying("a plan", "an answer"), 2).text())
        .isEqualTo("an answer");
    assertThatExceptionOfType(AgentException.class)
        .isThrownBy(() -> played(ScriptedModel.saying("unasked"), 0))
        .withMessageEndingWith("answered without a word");
  }

  /** A run's rollout, whose runner makes so many calls and emits nothing. */
  private AgentRunner.Output played(ScriptedModel model, int calls) throws Exception {
    AtomicBoolean made = new AtomicBoolean();
    queue.atEachLook(
        () -> {
          if (!made.getAndSet(true)) {
            for (int call = 0; call < calls; call++) {
              call(Objects.requireNonNull(queue.resources).path("main_llm"));
            }
          }
        });
    return Agents.of(
            new AgentChoice.Agl("support", 120),
            new AgentModel(model, "gpt-x", null, null, false),
            new Agents.Bench(
                RolloutJournal.inMemory(),
                CleanEnvironment.of(Map.of(), Set.of()),
                name -> queue,
                cancellation))
        .run("p", TASK);
  }

  private static void call(JsonNode llm) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(URI.create(llm.path("endpoint").asText() + "/chat/completions"))
              .header("Authorization", "Bearer " + llm.path("api_key").asText())
              .POST(HttpRequest.BodyPublishers.ofString("{\"messages\": []}"))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void one_that_sent_no_span_at_all_is_told_of_and_one_with_a_reward_alone_is_not()
      throws Exception {
    queue.then("succeeded", "succeeded");
    assertThat(answer()).isNull();
    assertThat(queue.silent).isEqualTo(1);
    queue.span("agentlightning.reward.0.value", "1.0");
    assertThat(answer()).isNull();
    assertThat(queue.silent).isEqualTo(1);
  }

  @Test
  void an_exception_of_the_agent_is_told() {
    queue.then("failed", "failed").exception("no such\nqueue");
    AgentException failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.ROLLOUT_FAILED);
    assertThat(failure)
        .hasMessage("a rollout of agentlightning's agent support failed: no such\\u000aqueue");
  }

  @Test
  void one_whose_runners_died_each_time_failed() {
    queue.then("failed", "unresponsive");
    assertThat(failure()).hasMessageContaining("was lost 3 times");
  }

  @Test
  void one_that_takes_too_long_is_taken_back_though_the_store_says_nothing() {
    queue.then("running", "running");
    assertThat(failure().kind()).isEqualTo(Kind.AGENT_TIMED_OUT);
    assertThat(queue.cancelled).isTrue();
    queue.then("failed", "timeout");
    assertThat(failure().kind()).isEqualTo(Kind.AGENT_TIMED_OUT);
  }

  @Test
  void where_no_runner_asks_for_work_it_is_said_how_to_start_one() {
    queue.then("queuing", null);
    AgentException failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.AGENT_UNREACHABLE);
    assertThat(failure)
        .hasMessageContaining("LightningStoreClient")
        .hasMessageContaining("/agl/support");
    assertThat(queue.cancelled).isTrue();
  }

  @Test
  void a_rollout_waits_for_long_behind_others_as_long_as_a_runner_is_there() throws Exception {
    for (int look = 0; look < 50; look++) {
      queue.then("queuing", null);
    }
    queue
        .then("succeeded", "succeeded")
        .span("agentlightning.message.body", "Fine.")
        .atEachLook(queue::runnerIsThere);
    assertThat(answer()).isEqualTo("Fine.");
  }

  @Test
  void a_rollout_whose_runner_died_waits_for_the_next_one() throws Exception {
    for (int look = 0; look < 5; look++) {
      queue.then("running", "running");
    }
    for (int look = 0; look < 5; look++) {
      queue.then("requeuing", "unresponsive");
    }
    queue.then("succeeded", "succeeded").span("agentlightning.message.body", "Fine.");
    assertThat(answer()).isEqualTo("Fine.");
  }

  @Test
  void a_run_that_is_cancelled_takes_its_rollout_back() {
    queue.then("queuing", null).atEachLook(cancellation::request);
    assertThatThrownBy(this::answer).isInstanceOf(InterruptedException.class);
    assertThat(queue.cancelled).isTrue();
  }

  @Test
  void one_that_somebody_took_out_of_the_store_failed() {
    queue.then("cancelled", null);
    assertThat(failure()).hasMessageEndingWith("was cancelled in the store");
    PlayedQueue none = new PlayedQueue();
    assertThatExceptionOfType(AgentException.class)
        .isThrownBy(
            () ->
                new AglAgent(new AgentChoice.Agl("support", 9), none, "gpt-x")
                    .answer("p", TASK, MODELS, cancellation))
        .withMessageEndingWith("is not there any more");
  }

  @Test
  void a_name_that_is_no_part_of_a_url_is_refused() {
    Agents.check(new AgentChoice.Agl("support-2", 9));
    for (String name : List.of("", "a/b", "../x", "a b", "-a")) {
      assertThatExceptionOfType(BridgeException.class)
          .isThrownBy(() -> Agents.check(new AgentChoice.Agl(name, 9)))
          .matches(e -> Objects.equals(e.code(), AgentError.UNUSABLE));
    }
  }
}
