package dev.lightningbridge.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.agent.AgentException.Kind;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.ControlText;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A service: told task, prompt and where the model is by POST, it answers with {@code {"output"}}.
 * Again where the failure may pass; a redirection is none of its answers.
 */
final class HttpAgent implements AgentProgram {
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
  private static final int TRIES = 3;
  private static final int TOLD = 200;

  private final AgentChoice.Http agent;
  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  HttpAgent(AgentChoice.Http agent) {
    this.agent = agent;
    this.address = address(agent);
  }

  /**
   * Where the service is.
   *
   * @throws BridgeException LB-4101 where the URL is none
   */
  static URI address(AgentChoice.Http agent) {
    try {
      URI uri = URI.create(agent.url().strip());
      if (Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new BridgeException(
        AgentError.UNUSABLE,
        "the agent's address is no http or https URL without a password",
        "--agent-url",
        "Give one such as http://127.0.0.1:8000/rollout.");
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
    long until = System.nanoTime() + Duration.ofSeconds(agent.timeoutSeconds()).toNanos();
    for (int attempt = 1; ; attempt++) {
      AgentException failure;
      try {
        Answer answer = posted(body, until, cancellation);
        if (answer.status() / 100 == 2) {
          return output(answer);
        }
        failure =
            failed(Kind.BAD_ANSWER, "answered %d: %s".formatted(answer.status(), start(answer)));
        if (!PASSING.contains(answer.status())) {
          throw failure;
        }
      } catch (IOException e) {
        boolean unreached = e instanceof ConnectException;
        failure =
            failed(
                Kind.AGENT_UNREACHABLE,
                unreached
                    ? "could not be reached"
                    : "broke the connection: "
                        + ControlText.onOneLine(String.valueOf(e.getMessage())));
      }
      if (attempt == TRIES) {
        throw failure;
      }
      TimeUnit.SECONDS.sleep(attempt);
    }
  }

  /** A text, a list of messages, or an object of values. */
  private static JsonNode input(Task task) {
    return task.shape() == null
        ? TextNode.valueOf(task.input())
        : Json.read(task.given(), JsonNode.class);
  }

  /** What it said, as far as that was read. */
  private record Answer(int status, String text, boolean tooLong) {}

  private Answer posted(String body, long until, Cancellation cancellation)
      throws AgentException, IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    // The client's own time-out ends at the headers; this one holds for the body too.
    CompletableFuture<Answer> answer =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
            .thenApply(HttpAgent::read);
    try (Cancellation.Registration registration =
        cancellation.onRequest(() -> answer.cancel(true))) {
      return answer.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw failed(
          Kind.AGENT_TIMED_OUT, "did not answer within %d s".formatted(agent.timeoutSeconds()));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (java.util.concurrent.CancellationException e) {
      throw new InterruptedException("cancelled");
    } finally {
      answer.cancel(true);
    }
  }

  private static Answer read(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(2 * MOST_BYTES + 1);
      return new Answer(
          response.statusCode(),
          new String(bytes, StandardCharsets.UTF_8),
          bytes.length > 2 * MOST_BYTES);
    } catch (IOException e) {
      throw new java.util.concurrent.CompletionException(e);
    }
  }

  private String output(Answer answer) throws AgentException {
    if (answer.tooLong()) {
      throw failed(Kind.OUTPUT_TOO_LONG, "answered more than %,d bytes".formatted(2 * MOST_BYTES));
    }
    try {
      JsonNode output = Json.outside().readTree(answer.text()).path("output");
      if (output.isTextual()) {
        return output.textValue();
      }
    } catch (JsonProcessingException e) {
      // Said below.
    }
    throw failed(Kind.BAD_ANSWER, "answered without {\"output\": TEXT}: " + start(answer));
  }

  private static String start(Answer answer) {
    String text = ControlText.onOneLine(answer.text().strip());
    return text.substring(0, Math.min(TOLD, text.length()));
  }

  private AgentException failed(Kind kind, String what) {
    return new AgentException(kind, agent.inWords() + " " + what);
  }
}
