package dev.lightningbridge.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program of the user's that is run once for each input: told it on standard input, it answers on
 * standard output. It is bounded in time and in what it writes, and whatever it started ends with
 * it. The command is started as it is, by no shell.
 *
 * @param command the program and its arguments
 * @param folder where it runs
 * @param environment what it gets of this process's environment
 * @param time how long it may take
 * @param mostBytes how much it may write on standard output
 */
public record BoundedProcess(
    List<String> command, Path folder, CleanEnvironment environment, Duration time, int mostBytes) {
  private static final String MARK = "LIGHTNING_BRIDGE_PROCESS";
  private static final Pattern REASON = Pattern.compile("error[:=] ?\\d+[ ,(]+([^)]*)\\)?$");

  /** What it started may hold its streams open for longer. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /**
   * Runs it, and waits for its end.
   *
   * @param more variables of its environment
   * @param cancellation ends it
   * @throws InterruptedException where this thread is interrupted; then it is ended too
   */
  public ProcessEnd run(String input, Map<String, String> more, Cancellation cancellation)
      throws InterruptedException {
    ProcessMark mark = new ProcessMark(MARK, UUID.randomUUID().toString());
    Process process;
    try {
      process = start(more, mark);
    } catch (IOException e) {
      return new ProcessEnd.NotStarted(why(e));
    }
    AtomicBoolean cancelled = new AtomicBoolean();
    try (Cancellation.Registration registration =
        cancellation.onRequest(
            () -> {
              cancelled.set(true);
              end(process, mark);
            })) {
      ProcessEnd end = follow(process, mark, input);
      return cancelled.get() ? new ProcessEnd.Cancelled() : end;
    } finally {
      end(process, mark);
    }
  }

  private Process start(Map<String, String> more, ProcessMark mark) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> all = new HashMap<>(environment.with(more));
    all.put(mark.variable(), mark.value());
    builder.environment().clear();
    builder.environment().putAll(all);
    return builder.start();
  }

  private ProcessEnd follow(Process process, ProcessMark mark, String input)
      throws InterruptedException {
    BoundedBytes output = new BoundedBytes(mostBytes, () -> end(process, mark));
    LastBytes errors = new LastBytes();
    Thread writes = thread("writes", () -> write(process.getOutputStream(), input));
    Thread reads = thread("reads", () -> output.readAll(process.getInputStream()));
    Thread logs = thread("logs", () -> errors.readAll(process.getErrorStream()));
    boolean inTime = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    if (!inTime) {
      end(process, mark);
      process.waitFor();
    }
    if (!reads.join(LAST_WORDS)) {
      // What it left behind holds its streams open.
      end(process, mark);
      reads.join(LAST_WORDS);
    }
    logs.join(LAST_WORDS);
    writes.join(LAST_WORDS);
    String lastLines = errors.lines(environment::redact);
    if (output.isOver()) {
      return new ProcessEnd.TooMuchOutput(mostBytes, lastLines);
    }
    return inTime
        ? new ProcessEnd.Exited(process.exitValue(), output.text(), lastLines)
        : new ProcessEnd.TimedOut(time.toSeconds(), lastLines);
  }

  private static Thread thread(String does, Runnable work) {
    return Thread.ofPlatform().daemon().name("program-" + does).start(work);
  }

  private static void write(OutputStream in, String input) {
    try (in) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It does not read it, or has ended.
    }
  }

  /** Ends the program and what it started, also what has left it. */
  private static void end(Process process, ProcessMark mark) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    mark.processes().forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * The system's own words, at the end of {@code Cannot run program "x": Exec failed, error: …}.
   */
  private static String why(IOException e) {
    String message = String.valueOf(e.getMessage()).strip();
    Matcher reason = REASON.matcher(message);
    return reason.find() ? String.valueOf(reason.group(1)) : message;
  }

  /** Bytes up to a limit; past it nothing more is read. */
  private static final class BoundedBytes {
    private final int most;
    private final Runnable over;
    private byte[] bytes = new byte[0];
    private boolean tooMany;

    BoundedBytes(int most, Runnable over) {
      this.most = most;
      this.over = over;
    }

    void readAll(InputStream out) {
      try {
        byte[] read = out.readNBytes(most + 1);
        synchronized (this) {
          bytes = read;
          tooMany = read.length > most;
        }
        if (read.length > most) {
          over.run();
        }
      } catch (IOException e) {
        // Its stream broke with it.
      }
    }

    synchronized boolean isOver() {
      return tooMany;
    }

    synchronized String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
