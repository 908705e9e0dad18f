package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** One command of the real command line in a process of its own, watched until it ends. */
final class StackRun {
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Path home;
  private final Process process;
  private final Path out;
  private final long began = System.nanoTime();
  private final Set<String> sharedBefore = shared();
  private Map<Long, String> most = Map.of();
  private long megabytes;

  /** Starts it with the home, where its standard output and error are kept too. */
  StackRun(Path home, List<String> words) throws IOException {
    this.home = Files.createDirectories(home);
    this.out = home.resolve("out.json");
    // An interrupt reaches it also where this process was started to be deaf to it.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.lightningbridge.cli.Main");
    command.addAll(words);
    command.addAll(List.of("--home", home.toString(), "--json"));
    this.process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(home.resolve("err.txt").toFile()))
            .start();
  }

  /** Waits until it ends or a training step has been taken; whether it still runs then. */
  boolean reachFirstStep() throws InterruptedException {
    while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      look();
      if (!steps().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** As Ctrl-C. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  /** Waits until it ends; gives its exit status. */
  int end() throws InterruptedException {
    while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      look();
    }
    return process.exitValue();
  }

  private void look() {
    Map<Long, String> now = processes();
    megabytes = Math.max(megabytes, JobProcesses.megabytes(now));
    most = now.size() > most.size() ? now : most;
  }

  Map<Long, String> processes() {
    return JobProcesses.of(process.toHandle());
  }

  /** The most that were seen at once. */
  Map<Long, String> mostProcesses() {
    return most;
  }

  /** The most memory that they had at once. */
  long peakMegabytes() {
    return megabytes;
  }

  /** What is in shared memory that was not there when it began. */
  Set<String> sharedMemory() throws IOException {
    Set<String> now = shared();
    now.removeAll(sharedBefore);
    return now;
  }

  private static Set<String> shared() throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/dev/shm"))) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    }
    return names;
  }

  long seconds() {
    return Duration.ofNanos(System.nanoTime() - began).toSeconds();
  }

  /** What it printed at its end. */
  JsonNode result() throws IOException {
    return Json.mapper().readTree(Files.readString(out));
  }

  String said() throws IOException {
    return Files.readString(home.resolve("err.txt"));
  }

  /** The folder of the one run of the home. */
  Path training() throws IOException {
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(home.resolve("training"))) {
      for (Path run : runs) {
        return run;
      }
    }
    throw new IOException("no training has begun in " + home);
  }

  /** The trainer's own entries of the steps that were taken, each with a gradient. */
  List<JsonNode> steps() {
    List<JsonNode> steps = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(training().resolve("steps.jsonl"))) {
        JsonNode step = Json.mapper().readTree(line);
        if (step.path("data").has("actor/grad_norm")) {
          steps.add(step);
        }
      }
    } catch (IOException e) {
      // Not there yet, or its last line is half written.
    }
    return steps;
  }
}
