package dev.lightningbridge.lightning;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Models served by an OpenAI-compatible server in a process of its own, on a port of the loopback
 * address. It has no key: who can open connections on this machine can use it while it runs.
 * Closing it ends the process; it ends by itself when this process dies.
 */
public final class ModelServer implements AutoCloseable {
  /** What {@link #local} calls its model. */
  public static final String LOCAL = "gemma-3-270m";

  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(300);
  private static final long EXIT_SECONDS = 5;

  private final Process process;
  private final Path folder;
  private final int port;
  private final LastLines log = new LastLines(30);

  private ModelServer(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    Thread.ofPlatform().daemon().name("model-server-log").start(this::readLog);
  }

  /**
   * Starts transformers' server and waits until it answers; each model is loaded by its first call.
   *
   * @param models the folders of weights, by the names that calls give
   * @param gpu whether it may use one
   * @throws BridgeException LB-6025 where it does not come up
   */
  public static ModelServer start(
      PythonEnvironment environment,
      Map<String, Path> models,
      boolean gpu,
      Cancellation cancellation) {
    try {
      Path folder = Files.createTempDirectory("lightning-bridge-models");
      for (Map.Entry<String, Path> model : models.entrySet()) {
        Files.createSymbolicLink(folder.resolve(model.getKey()), model.getValue().toAbsolutePath());
      }
      return started(environment, 0, "serving", gpu ? "auto" : "cpu", folder, cancellation);
    } catch (IOException e) {
      throw failed("it cannot be started: " + e.getMessage(), environment.home().toString());
    }
  }

  /**
   * Starts llama.cpp's server with the small model of {@link EnvironmentKind#LOCAL_MODEL} and waits
   * until the model is loaded. Its answers are one line with a word at least.
   *
   * @param port on the loopback address; 0 takes a free one
   * @throws BridgeException LB-6025 where it does not come up
   */
  public static ModelServer local(
      PythonEnvironment environment, int port, Cancellation cancellation) {
    try {
      Path folder = Files.createTempDirectory("lightning-bridge-models");
      return started(environment, port, "local_model", "worded", folder, cancellation);
    } catch (IOException e) {
      throw failed("it cannot be started: " + e.getMessage(), environment.home().toString());
    }
  }

  private static ModelServer started(
      PythonEnvironment environment,
      int wanted,
      String module,
      String way,
      Path folder,
      Cancellation cancellation)
      throws IOException {
    int port = wanted == 0 ? FreePort.find() : wanted;
    ProcessBuilder command =
        WorkerCommand.isolated(
            List.of(
                environment.python().toString(),
                "-c",
                "import sys; sys.path.insert(0, sys.argv[1]);"
                    + " from lightning_bridge.%s import serve;".formatted(module)
                    + " serve(int(sys.argv[2]), sys.argv[3])",
                EmbeddedPython.ownModules(),
                String.valueOf(port),
                way),
            folder,
            System.getenv());
    ModelServer server = new ModelServer(command.redirectErrorStream(true).start(), folder, port);
    server.awaitAnswer(cancellation);
    return server;
  }

  /** Where it answers, such as {@code http://127.0.0.1:41234/v1}. */
  public String baseUrl() {
    return "http://127.0.0.1:%d/v1".formatted(port);
  }

  private void awaitAnswer(Cancellation cancellation) {
    long until = System.nanoTime() + START.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest health =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/health".formatted(port)))
              .timeout(Duration.ofSeconds(5))
              .build();
      while (!answers(client, health)) {
        cancellation.throwIfRequested();
        if (!process.isAlive()) {
          throw failed("it ended with status " + process.exitValue(), lastLines());
        }
        if (System.nanoTime() > until) {
          throw failed("it did not answer within " + START.toMinutes() + " minutes", lastLines());
        }
        Thread.sleep(POLL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw failed("the waiting for it was interrupted", "port " + port);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static boolean answers(HttpClient client, HttpRequest health)
      throws InterruptedException {
    try {
      return client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private String lastLines() {
    List<String> lines = log.lines();
    return lines.isEmpty() ? "it said nothing" : lines.getLast();
  }

  private void readLog() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(log::add);
    } catch (IOException | UncheckedIOException e) {
      log.add(String.valueOf(e.getMessage()));
    }
  }

  private static BridgeException failed(String why, String where) {
    return new BridgeException(
        LightningError.MODEL_NOT_SERVED,
        "the server of the models on this machine failed: " + why,
        where,
        "Look at the memory of machine and GPU, then `runs resume` the run, or do the same again.");
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Worker.remove(folder);
  }
}
