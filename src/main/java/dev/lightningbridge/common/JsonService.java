package dev.lightningbridge.common;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A service of the user's that JSON is posted to. It is asked again, up to twice and within its
 * time, where the failure may pass; a redirection is not followed. Thread-safe.
 */
public final class JsonService {
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
  private static final int TRIES = 3;

  private final URI address;
  private final Duration time;
  private final int mostBytes;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /**
   * @param time how long an answer may take, with what is asked again
   * @param mostBytes how long an answer may be
   */
  public JsonService(URI address, Duration time, int mostBytes) {
    this.address = address;
    this.time = time;
    this.mostBytes = mostBytes;
  }

  /** The http or https URL that the text is; empty where it is none, or one with a password. */
  public static Optional<URI> address(String text) {
    try {
      URI uri = URI.create(text.strip());
      return Optional.of(uri)
          .filter(u -> Set.of("http", "https").contains(String.valueOf(u.getScheme())))
          .filter(u -> u.getHost() != null && u.getUserInfo() == null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * What the service said.
   *
   * @param text empty where it is too long
   */
  public record Reply(int status, String text, boolean tooLong) {
    /** Whether the status says that all went well. */
    public boolean isGood() {
      return status / 100 == 2;
    }
  }

  /**
   * Its reply, the last one where it was asked again.
   *
   * @throws IOException where it could not be reached, or broke the connection
   * @throws TimeoutException where its time is over
   * @throws CancellationException where the stop was asked for
   */
  public Reply post(String body, Cancellation cancellation)
      throws IOException, TimeoutException, InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    for (int attempt = 1; ; attempt++) {
      boolean last = attempt == TRIES || TimeUnit.SECONDS.toNanos(attempt) > left(until);
      try {
        Reply reply = postOnce(body, until, cancellation);
        if (last || !PASSING.contains(reply.status())) {
          return reply;
        }
      } catch (IOException e) {
        if (last) {
          throw e;
        }
      }
      TimeUnit.SECONDS.sleep(attempt);
    }
  }

  private static long left(long until) {
    return Math.max(1, until - System.nanoTime());
  }

  private Reply postOnce(String body, long until, Cancellation cancellation)
      throws IOException, TimeoutException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    // The client's own time-out ends at the headers; this one holds for the body too.
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    CompletableFuture<HttpResponse<Void>> sent =
        client.sendAsync(request, info -> reading(info.statusCode(), reply));
    CompletableFuture<Void> failing =
        sent.handle(
            (response, failure) -> {
              if (failure != null) {
                reply.completeExceptionally(failure);
              }
              return null;
            });
    try (Cancellation.Registration registration =
        cancellation.onRequest(() -> reply.cancel(true))) {
      return reply.get(left(until), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      sent.cancel(true);
      failing.cancel(true);
    }
  }

  private HttpResponse.BodySubscriber<Void> reading(int status, CompletableFuture<Reply> reply) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return HttpResponse.BodySubscribers.ofByteArrayConsumer(
        part -> {
          part.ifPresent(bytes::writeBytes);
          if (bytes.size() > mostBytes) {
            bytes.reset();
            reply.complete(new Reply(status, "", true));
          } else if (part.isEmpty()) {
            reply.complete(new Reply(status, bytes.toString(StandardCharsets.UTF_8), false));
          }
        });
  }
}
