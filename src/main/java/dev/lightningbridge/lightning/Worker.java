package dev.lightningbridge.lightning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.lightning.rl.ResourceTracker;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A worker process, as its parent holds it. Closing it ends the process, however it is. */
final class Worker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Worker.class.getName());
  private static final long EXIT_SECONDS = 2;

  /** A process that the worker started may hold its streams open for longer. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Process process;
  private final Path folder;
  private final BufferedWriter in;
  private final LastLines log = new LastLines(50);
  private final Thread readsOut;
  private final Thread readsLog;

  private Worker(Process process, Path folder, Consumer<JsonNode> messages, Runnable ended) {
    this.process = process;
    this.folder = folder;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.readsLog =
        Thread.ofPlatform()
            .daemon()
            .name("worker-log")
            .start(() -> lines(process.getErrorStream(), this::logged));
    this.readsOut =
        Thread.ofPlatform()
            .daemon()
            .name("worker-messages")
            .start(
                () -> {
                  lines(process.getInputStream(), line -> dispatch(line, messages));
                  ended.run();
                });
  }

  /**
   * Starts a process and gives it its configuration.
   *
   * @param messages takes what it says, one message at a time
   * @param ended called when it will say nothing more
   */
  static Worker start(JsonNode configuration, Consumer<JsonNode> messages, Runnable ended) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("lightning-bridge-worker");
      Process process = WorkerCommand.in(folder, System.getenv()).start();
      Worker worker = new Worker(process, folder, messages, ended);
      worker.send(configuration);
      return worker;
    } catch (IOException e) {
      if (folder != null) {
        remove(folder);
      }
      throw new BridgeException(
          LightningError.WORKER_NOT_STARTED,
          "the worker process could not be started: " + e.getMessage(),
          System.getProperty("java.home"),
          "Look whether this Java can be run and the folder for temporary files be written.",
          e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Sends a message; lost where the process is gone, whose end is told otherwise. */
  void send(JsonNode message) {
    synchronized (in) {
      try {
        in.write(Ascii.write(message));
        in.newLine();
        in.flush();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "worker {0} takes no messages: {1}", pid(), e.getMessage());
      }
    }
  }

  /** The exit status of a process that has ended, or is about to. */
  int exitStatus() throws InterruptedException {
    if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
      kill();
      process.waitFor();
    }
    readsLog.join(LAST_WORDS);
    return process.exitValue();
  }

  /** The last lines of its log. */
  List<String> lastLines() {
    return log.lines();
  }

  /** The same of one that has said its result, for whose log it has a moment more. */
  List<String> lastWords() throws InterruptedException {
    readsLog.join(LAST_WORDS);
    return log.lines();
  }

  @Override
  public void close() throws InterruptedException {
    if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
    process.waitFor();
    readsOut.join(LAST_WORDS);
    readsLog.join(LAST_WORDS);
    remove(folder);
  }

  /** Ends the process and what it started at once. */
  void kill() {
    ResourceTracker.endOthers(process.toHandle());
    process.destroyForcibly();
  }

  private void dispatch(String line, Consumer<JsonNode> messages) {
    if (line.isBlank()) {
      return;
    }
    JsonNode message;
    try {
      message = Json.mapper().readTree(line);
    } catch (JsonProcessingException e) {
      logged(line);
      return;
    }
    if (message.isObject() && message.has("type")) {
      messages.accept(message);
    } else {
      logged(line);
    }
  }

  private void logged(String line) {
    log.add(line);
    LOG.log(Level.DEBUG, "worker {0}: {1}", pid(), line);
  }

  private static void lines(InputStream stream, Consumer<String> each) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        each.accept(line);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a worker's stream ended: {0}", e.getMessage());
    }
  }

  /** Removes a folder and what is in it, as far as that goes. */
  static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "temporary files stay in {0}: {1}", folder, e.getMessage());
    }
  }
}
