package dev.lightningbridge.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.agent.AgentException.Kind;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.ControlText;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.common.JsonService;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelEndpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/**
 * A service: told task, prompt and where the model is by POST, it answers with {@code {"output"}}.
 */
final class HttpAgent implements AgentProgram {
  /** The output may be written with escapes. */
  private static final int MOST_ANSWERED = 2 * MOST_BYTES;

  private static final int TOLD = 200;

  private final AgentChoice.Http agent;
  private final JsonService service;

  HttpAgent(AgentChoice.Http agent) {
    this.agent = agent;
    this.service =
        new JsonService(address(agent), Duration.ofSeconds(agent.timeoutSeconds()), MOST_ANSWERED);
  }

  /**
   * Where the service is.
   *
   * @throws BridgeException LB-4101 where the URL is none
   */
  static URI address(AgentChoice.Http agent) {
    return JsonService.address(agent.url())
        .orElseThrow(
            () ->
                new BridgeException(
                    AgentError.UNUSABLE,
                    "the agent's address is no http or https URL without a password",
                    "--agent-url",
                    "Give one such as http://127.0.0.1:8000/rollout."));
  }

  @Override
  public String answer(String prompt, Task task, ModelEndpoint models, Cancellation cancellation)
      throws AgentException, InterruptedException {
    String body =
        Json.write(
            Map.of(
                "task", task.id(),
                "input", input(task),
                "system_prompt", prompt,
                "base_url", models.baseUrl().toString(),
                "api_key", models.token()));
    try {
      return output(service.post(body, cancellation));
    } catch (ConnectException e) {
      throw failed(Kind.AGENT_UNREACHABLE, "could not be reached");
    } catch (IOException e) {
      throw failed(
          Kind.AGENT_UNREACHABLE,
          "broke the connection: " + ControlText.onOneLine(String.valueOf(e.getMessage())));
    } catch (TimeoutException e) {
      throw failed(
          Kind.AGENT_TIMED_OUT, "did not answer within %d s".formatted(agent.timeoutSeconds()));
    } catch (CancellationException e) {
      throw new InterruptedException("cancelled");
    }
  }

  /** A text, a list of messages, or an object of values. */
  private static JsonNode input(Task task) {
    return task.shape() == null
        ? TextNode.valueOf(task.input())
        : Json.read(task.given(), JsonNode.class);
  }

  private String output(JsonService.Reply reply) throws AgentException {
    if (!reply.isGood()) {
      throw failed(
          Kind.BAD_ANSWER, "answered %d: %s".formatted(reply.status(), start(reply.text())));
    }
    if (reply.tooLong()) {
      throw failed(Kind.OUTPUT_TOO_LONG, "answered more than %,d bytes".formatted(MOST_ANSWERED));
    }
    try {
      JsonNode output = Json.outside().readTree(reply.text()).path("output");
      if (output.isTextual()) {
        return output.textValue();
      }
    } catch (JsonProcessingException e) {
      // Said below.
    }
    throw failed(Kind.BAD_ANSWER, "answered without {\"output\": TEXT}: " + start(reply.text()));
  }

  private static String start(String answer) {
    String text = ControlText.onOneLine(answer.strip());
    return text.substring(0, Math.min(TOLD, text.length()));
  }

  private AgentException failed(Kind kind, String what) {
    return new AgentException(kind, agent.inWords() + " " + what);
  }
}
