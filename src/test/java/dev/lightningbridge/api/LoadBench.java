package dev.lightningbridge.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * 20 runs at a time on the sandbox, watched by 200 clients: is an event lost, does memory grow?
 * Arguments: the server's URL, its process id, its home, its folder of databases, minutes.
 */
public final class LoadBench {
  private static final int RUNS = 20;
  private static final int WATCHERS = 200;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;
  private final String token;
  private final long process;
  private final Path databases;
  private final Map<String, Integer> lastOf = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private final LongAdder events = new LongAdder();
  private final LongAdder streams = new LongAdder();
  private volatile boolean over;

  private LoadBench(String server, long process, Path home, Path databases) throws IOException {
    this.server = URI.create(server);
    this.process = process;
    this.token = Files.readString(home.resolve("token")).strip();
    this.databases = databases;
  }

  public static void main(String[] args) throws Exception {
    new LoadBench(args[0], Long.parseLong(args[1]), Path.of(args[2]), Path.of(args[3]))
        .run(Double.parseDouble(args[4]));
  }

  private void run(double minutes) throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      Path camp = databases.resolve("load-" + i + ".db");
      Slot slot = new Slot(camp, ServerLab.camp(camp, 40), i);
      slot.next();
      slots.add(slot);
      threads.add(Thread.ofVirtual().start(slot::keepRunning));
    }
    for (int i = 0; i < WATCHERS; i++) {
      Slot slot = slots.get(i % RUNS);
      threads.add(Thread.ofVirtual().start(() -> keepWatching(slot)));
    }
    System.out.println(
        "| minute | memory of the server (RSS) | runs ended | streams ended | events told |");
    System.out.println("|---|---|---|---|---|");
    CountDownLatch never = new CountDownLatch(1);
    int steps = (int) Math.ceil(minutes * 2);
    for (int step = 0; step <= steps; step++) {
      System.out.printf(
          Locale.ROOT,
          "| %.1f | %d MB | %d | %d | %,d |%n",
          step / 2.0,
          rss(),
          lastOf.size(),
          streams.sum(),
          events.sum());
      if (step < steps) {
        never.await(30, TimeUnit.SECONDS);
      }
    }
    over = true;
    for (Thread thread : threads) {
      thread.join(Duration.ofMinutes(3));
    }
    System.out.printf(
        "%d runs ended, %d streams of events, %,d events told, %d lost or told wrongly%n",
        lastOf.size(), streams.sum(), events.sum(), faults.size());
    faults.stream().limit(10).forEach(System.out::println);
    System.exit(faults.isEmpty() && streams.sum() > 0 ? 0 : 1);
  }

  private final class Slot {
    private final Path camp;
    private final String session;
    private final int seed;
    private volatile String run = "";

    Slot(Path camp, String session, int seed) {
      this.camp = camp;
      this.session = session;
      this.seed = seed;
    }

    void next() {
      String body =
          Json.write(
              Map.of(
                  "database",
                  camp.toString(),
                  "sessionId",
                  session,
                  "engine",
                  "java",
                  "grader",
                  "judge",
                  "acceptJudge",
                  true,
                  "model",
                  Map.of("sandbox", Map.of("seed", seed, "latencyMs", 150)),
                  "limits",
                  Map.of("calls", 400)));
      run = send("POST", "/api/v1/runs", body).path("id").asText();
    }

    void keepRunning() {
      while (!over) {
        JsonNode shown = send("GET", "/api/v1/runs/" + run, null);
        if (shown.has("finishedAt")) {
          lastOf.put(run, last(run));
          next();
        }
        pause();
      }
      send("POST", "/api/v1/runs/" + run + "/cancel", null);
    }
  }

  private int last(String run) {
    int last = 0;
    JsonNode page;
    do {
      page = send("GET", "/api/v1/runs/" + run + "/log?limit=2000&after=" + last, null);
      last += page.path("items").size();
    } while (page.has("next"));
    return last;
  }

  private void keepWatching(Slot slot) {
    String watched = "";
    while (!over) {
      String run = slot.run;
      if (run.equals(watched)) {
        pause();
      } else {
        watched = run;
        watch(run);
      }
    }
  }

  /** Whether every event comes once, in order, to the last one. */
  private void watch(String run) {
    HttpResponse<Stream<String>> answer =
        call("GET", "/api/v1/runs/" + run + "/events", null, HttpResponse.BodyHandlers.ofLines());
    int[] seen = {0};
    boolean[] ended = {false};
    try (Stream<String> lines = answer.body()) {
      lines.forEach(
          line -> {
            if (line.startsWith("id:")) {
              int id = Integer.parseInt(line.substring(3).strip());
              events.increment();
              if (id != ++seen[0]) {
                faults.add("run " + run + ": event " + id + " in the place of " + seen[0]);
                seen[0] = id;
              }
            }
            ended[0] |= line.equals("event:end");
          });
    }
    streams.increment();
    int last = last(run);
    if (!ended[0] || seen[0] != last) {
      faults.add("run " + run + ": the stream ended after event " + seen[0] + " of " + last);
    }
  }

  private JsonNode send(String method, String path, String body) {
    HttpResponse<String> answer = call(method, path, body, HttpResponse.BodyHandlers.ofString());
    boolean endedBeforeItsCancel = path.endsWith("/cancel") && answer.statusCode() == 409;
    if (answer.statusCode() >= 300 && !endedBeforeItsCancel) {
      faults.add(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return Json.read(answer.body(), JsonNode.class);
  }

  private <T> HttpResponse<T> call(
      String method, String path, String body, HttpResponse.BodyHandler<T> handler) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
    return answer.join();
  }

  private long rss() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
