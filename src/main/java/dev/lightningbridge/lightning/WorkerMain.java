package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.lightning.rl.ResourceTracker;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Main class of the worker process: embeds CPython for one run and talks JSON lines with its
 * parent.
 *
 * <p>On standard input: the configuration, then rollouts' answers and {@code cancel}; its end means
 * that the parent died, and ends this process. On standard output: events, rollouts to be run,
 * heartbeats and at last the result. Whatever Python or native code prints goes to standard error,
 * or is a line that is no JSON and that the parent skips.
 */
public final class WorkerMain {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final long PYTHON_STACK = 64L << 20;
  private static final int PARENT_DIED = 3;

  private WorkerMain() {}

  public static void main(String[] arguments) throws IOException {
    WorkerLink link = new WorkerLink(new FileOutputStream(FileDescriptor.out));
    System.setOut(System.err);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String first = in.readLine();
    if (first == null) {
      return;
    }
    JsonNode configuration = Json.mapper().readTree(first);
    Thread.ofPlatform().daemon().name("parent").start(() -> listen(in, link));
    Thread.ofPlatform().daemon().name("heartbeat").start(() -> beat(link));
    // Python lives and dies on one platform thread: virtual ones would pin and move.
    Thread.ofPlatform()
        .name("python")
        .stackSize(PYTHON_STACK)
        .start(() -> run(configuration, link));
  }

  private static void run(JsonNode configuration, WorkerLink link) {
    int status = 0;
    try {
      link.result(EmbeddedPython.run(configuration, link));
    } catch (Throwable e) {
      e.printStackTrace();
      link.notStarted(String.valueOf(e.getMessage()));
      status = 1;
    }
    exit(status);
  }

  private static void listen(BufferedReader in, WorkerLink link) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        link.receive(Json.mapper().readTree(line));
      }
    } catch (IOException e) {
      System.err.println("the parent cannot be understood: " + e.getMessage());
    }
    exit(PARENT_DIED);
  }

  /** Ends this process and what it started, whatever threads Python or native code left behind. */
  private static void exit(int status) {
    ResourceTracker.endOthers(ProcessHandle.current());
    Runtime.getRuntime().halt(status);
  }

  private static void beat(WorkerLink link) {
    while (true) {
      link.heartbeat();
      try {
        Thread.sleep(HEARTBEAT);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
