package dev.lightningbridge.capture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What capture adds to a call, and whether a call is lost. Arguments: the server's URL, its
 * process, its home, the endpoint's base URL, the database, pairs of calls, calls a second,
 * seconds.
 */
public final class CaptureBench {
  private static final int BLOCK = 1_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;
  private final URI direct;
  private final URI captured;
  private final String token;
  private final String owner;
  private final Path database;
  private final AtomicLong answered = new AtomicLong();

  private CaptureBench(URI server, Path home, String endpoint, Path database) throws IOException {
    this.server = server;
    this.direct = URI.create(endpoint + "/chat/completions");
    this.captured = server.resolve("/capture/bench/v1/chat/completions");
    this.token = Files.readString(home.resolve("capture/bench.token")).strip();
    this.owner = Files.readString(home.resolve("token")).strip();
    this.database = database;
  }

  public static void main(String[] args) throws Exception {
    CaptureBench bench =
        new CaptureBench(URI.create(args[0]), Path.of(args[2]), args[3], Path.of(args[4]));
    bench.overhead(Integer.parseInt(args[5]));
    bench.load(Integer.parseInt(args[6]), Integer.parseInt(args[7]));
    bench.kill(Long.parseLong(args[1]), Integer.parseInt(args[6]), Integer.parseInt(args[7]));
  }

  /**
   * One call after the other, direct and captured in turn, from the server's first call on: a row
   * for each thousand pairs, since the JVM compiles what it runs often.
   */
  private void overhead(int pairs) throws Exception {
    System.out.println(
        "| pairs | direct, median ms | captured, median ms | added | direct, 95 % below"
            + " | captured, 95 % below |");
    System.out.println("|---|---|---|---|---|---|");
    for (int first = 0; first < pairs; first += BLOCK) {
      double[] directly = new double[Math.min(BLOCK, pairs - first)];
      double[] through = new double[directly.length];
      for (int i = 0; i < directly.length; i++) {
        directly[i] = timed(direct, first + i);
        through[i] = timed(captured, first + i);
      }
      Arrays.sort(directly);
      Arrays.sort(through);
      System.out.printf(
          Locale.ROOT,
          "| %,d to %,d | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
          first + 1,
          first + directly.length,
          at(directly, 0.5),
          at(through, 0.5),
          at(through, 0.5) - at(directly, 0.5),
          at(directly, 0.95),
          at(through, 0.95));
    }
  }

  private double timed(URI address, int i) throws Exception {
    long began = System.nanoTime();
    call(address, i);
    return (System.nanoTime() - began) / 1e6;
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }

  /** At a steady rate; every answered call must be recorded. */
  private void load(int rate, int seconds) throws Exception {
    TimeUnit.SECONDS.sleep(3); // What was called before is written first.
    long before = standing().path("recorded").asLong();
    answered.set(0);
    send(rate, seconds).join();
    TimeUnit.SECONDS.sleep(3);
    JsonNode standing = standing();
    System.out.printf(
        Locale.ROOT,
        "%n%d calls a second for %d s: %,d answered, %,d recorded, not recorded: %s%n",
        rate,
        seconds,
        answered.get(),
        standing.path("recorded").asLong() - before,
        standing.path("unrecorded"));
  }

  /** Kills the server in the middle; what it said it had recorded must be in the database. */
  private void kill(long process, int rate, int seconds) throws Exception {
    answered.set(0);
    long before = standing().path("recorded").asLong();
    Thread sending = send(rate, seconds);
    long acknowledged = before;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.max(2, seconds / 2));
    while (System.nanoTime() < end) {
      acknowledged = standing().path("recorded").asLong();
    }
    ProcessHandle handle = ProcessHandle.of(process).orElseThrow();
    handle.destroyForcibly();
    handle.onExit().get();
    sending.interrupt();
    sending.join();
    long there;
    try (CampDatabase camp = CampDatabase.open(database, CampDatabase.Options.DEFAULT);
        Stream<?> attempts = camp.corpus().attempts()) {
      there = attempts.count();
    }
    System.out.printf(
        Locale.ROOT,
        "%nkill -9 after %,d answered calls: %,d were acknowledged as recorded, %,d are there%s%n",
        answered.get(),
        acknowledged - before,
        there - before,
        there < acknowledged ? " – LOST" : "");
    if (there < acknowledged) {
      System.exit(1);
    }
  }

  private Thread send(int rate, int seconds) {
    return Thread.ofPlatform()
        .start(
            () -> {
              long interval = TimeUnit.SECONDS.toNanos(1) / rate;
              long next = System.nanoTime();
              List<Thread> calls = new ArrayList<>();
              for (int i = 0; i < rate * seconds && !Thread.currentThread().isInterrupted(); i++) {
                int number = i;
                calls.add(
                    Thread.startVirtualThread(
                        () -> {
                          try {
                            call(captured, number);
                            answered.incrementAndGet();
                          } catch (Exception e) {
                            // Not answered: the server is gone.
                          }
                        }));
                next += interval;
                LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
              }
              for (Thread call : calls) {
                try {
                  call.join();
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
  }

  private void call(URI address, int i) throws IOException, InterruptedException {
    String body =
        Json.write(
            Map.of(
                "model",
                "bench",
                "messages",
                List.of(
                    Map.of("role", "system", "content", "Answer mails of customers kindly."),
                    Map.of(
                        "role",
                        "user",
                        "content",
                        "Mail %d: where is my parcel, and when does it come?".formatted(i)))));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
  }

  private JsonNode standing() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(server.resolve("/api/v1/agents"))
                .header("Authorization", "Bearer " + owner)
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return Json.mapper().readTree(answer.body()).at("/items/0");
  }
}
