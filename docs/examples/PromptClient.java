import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/**
 * The prompt of an agent, as Lightning Bridge serves it: for an application that shall use what was
 * promoted without a release. Copy this file; it needs the JDK alone.
 *
 * <pre>
 * PromptClient prompts = new PromptClient(
 *     URI.create("http://localhost:8090"), "support", token, "Answer mails kindly.");
 * String prompt = prompts.current();
 * </pre>
 *
 * <p>It asks at most every 30 seconds, and keeps the last good prompt when the server is away; until
 * there was one it is the one that the application brings along. Thread-safe.
 */
public final class PromptClient {
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI address;
  private final String token;
  private String prompt;
  private String tag = "";
  private Instant asked = Instant.MIN;

  public PromptClient(URI server, String agent, String token, String first) {
    this.address = server.resolve("/api/v1/agents/" + agent + "/prompt");
    this.token = token;
    this.prompt = first;
  }

  /** The prompt to use now. */
  public synchronized String current() {
    if (asked.isBefore(Instant.now().minus(FRESH))) {
      asked = Instant.now();
      try {
        ask();
      } catch (IOException e) {
        // The server is away: the last good prompt stays.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return prompt;
  }

  private void ask() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/plain");
    if (!tag.isEmpty()) {
      request.header("If-None-Match", tag);
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() == 200 && !answer.body().isBlank()) {
      prompt = answer.body();
      tag = answer.headers().firstValue("ETag").orElse("");
    }
  }

  /** Prints the prompt: java PromptClient.java SERVER AGENT TOKEN FIRST. */
  public static void main(String[] arguments) {
    System.out.print(
        new PromptClient(URI.create(arguments[0]), arguments[1], arguments[2], arguments[3])
            .current());
  }
}
