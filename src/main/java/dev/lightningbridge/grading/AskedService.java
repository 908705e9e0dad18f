package dev.lightningbridge.grading;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.ControlText;
import dev.lightningbridge.grading.GradingException.Kind;
import dev.lightningbridge.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A grader that is a service. It is asked again, up to twice and within its time, where the failure
 * may pass; a redirection is none of its answers.
 */
final class AskedService implements Asked {
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
  private static final int TRIES = 3;

  private final ExternalGrader.Http grader;
  private final Cancellation cancellation;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  AskedService(ExternalGrader.Http grader, Cancellation cancellation) {
    this.grader = grader;
    this.cancellation = cancellation;
  }

  /** What it said, as far as that was read. */
  private record Reply(int status, String text, boolean tooLong) {}

  @Override
  public String answer(String question)
      throws GradingException, ModelException, InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(grader.timeoutSeconds()).toNanos();
    for (int attempt = 1; ; attempt++) {
      GradingException failure;
      try {
        Reply reply = posted(question, until);
        if (reply.tooLong()) {
          throw failed(
              Kind.GRADER_BAD_ANSWER, "answered more than %,d bytes".formatted(MOST_BYTES));
        }
        if (reply.status() == 200) {
          return reply.text();
        }
        failure =
            failed(
                Kind.GRADER_FAILED,
                "answered %d: %s"
                    .formatted(
                        reply.status(), Excerpt.of(ControlText.onOneLine(reply.text().strip()))));
        if (!PASSING.contains(reply.status())) {
          throw failure;
        }
      } catch (IOException e) {
        failure = failed(Kind.GRADER_UNREACHABLE, "could not be reached" + why(e.getMessage()));
      }
      if (attempt == TRIES || !hasTime(until, attempt)) {
        throw failure;
      }
      TimeUnit.SECONDS.sleep(attempt);
    }
  }

  private static boolean hasTime(long until, int seconds) {
    return until - System.nanoTime() > TimeUnit.SECONDS.toNanos(seconds);
  }

  private static String why(@Nullable String message) {
    return message == null ? "" : ": " + ControlText.onOneLine(message);
  }

  private Reply posted(String question, long until)
      throws GradingException, ModelException, IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(grader.url()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(question))
            .build();
    // The client's own time-out ends at the headers; this one holds for the body too.
    CompletableFuture<Reply> reply =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
            .thenApply(AskedService::read);
    try (Cancellation.Registration registration =
        cancellation.onRequest(() -> reply.cancel(true))) {
      return reply.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw failed(
          Kind.GRADER_TIMED_OUT, "did not answer within %d s".formatted(grader.timeoutSeconds()));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (CancellationException e) {
      throw new ModelException(ModelException.Kind.CANCELLED, "Cancelled");
    } finally {
      reply.cancel(true);
    }
  }

  private static Reply read(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MOST_BYTES + 1);
      return new Reply(
          response.statusCode(),
          new String(bytes, StandardCharsets.UTF_8),
          bytes.length > MOST_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private GradingException failed(Kind kind, String what) {
    return new GradingException(kind, "the grader %s %s".formatted(grader.name(), what));
  }
}
