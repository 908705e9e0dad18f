package dev.lightningbridge.dataset;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Skipped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file of tasks, one JSON object a line (see {@link TaskJson}). A bad line, a repeated id or a
 * repeated input is skipped and listed with its line number; empty lines are ignored.
 */
public final class TaskFile {
  /** The longest line that is read, in bytes. */
  static final int LINE_LIMIT = 4 * 1024 * 1024;

  /** The most tasks, and of their texts in characters, that a run holds in memory. */
  static final int TASK_LIMIT = 100_000;

  static final long TEXT_LIMIT = 64L * 1024 * 1024;

  /** So many bad lines mean that the file is something else. */
  static final int SKIP_LIMIT = 1_000;

  private final Path file;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Set<InputKey> inputs = new HashSet<>();
  private long text;

  private TaskFile(Path file) {
    this.file = file;
  }

  /** What a file holds: its tasks in order, and the lines left out. */
  public record Contents(List<Task> tasks, List<Skipped> skipped) {}

  /**
   * Reads a file of tasks.
   *
   * @throws BridgeException where the file cannot be read, holds no usable task or too many of them
   */
  public static Contents read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new BridgeException(
          DatasetError.TASK_FILE_UNREADABLE,
          "There is no such file of tasks",
          file.toString(),
          "Name a file with one JSON object a line.");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new TaskFile(file).read(in);
    } catch (IOException e) {
      throw new BridgeException(
          DatasetError.TASK_FILE_UNREADABLE,
          "The file of tasks cannot be read: " + e.getMessage(),
          file.toString(),
          "Check the file and its permissions.",
          e);
    }
  }

  private Contents read(InputStream in) throws IOException {
    BoundedLines lines = new BoundedLines(in, LINE_LIMIT);
    for (BoundedLines.Line line = lines.next(); line != null; line = lines.next()) {
      switch (line) {
        case BoundedLines.Line.Bad bad -> skip(bad.number(), bad.code(), bad.why());
        case BoundedLines.Line.Text full -> take(full);
      }
    }
    if (tasks.isEmpty()) {
      throw unusable("The file of tasks holds no usable task");
    }
    return new Contents(List.copyOf(tasks), List.copyOf(skipped));
  }

  private void take(BoundedLines.Line.Text line) {
    if (line.text().isBlank()) {
      return;
    }
    try {
      Task task = TaskJson.read(line.text());
      if (ids.contains(task.id())) {
        skip(line.number(), DatasetError.TASK_ID_REPEATED, "id " + task.id() + " was used before");
      } else if (!inputs.add(InputKey.of(task.input()))) {
        skip(line.number(), DatasetError.TASK_INPUT_REPEATED, "an earlier line has this input");
      } else {
        ids.add(task.id());
        keep(task, line.text().length());
      }
    } catch (TaskJson.Invalid e) {
      skip(line.number(), e.code(), e.why());
    }
  }

  private void keep(Task task, int length) {
    tasks.add(task);
    text += length;
    if (tasks.size() > TASK_LIMIT || text > TEXT_LIMIT) {
      throw new BridgeException(
          DatasetError.TASKS_TOO_MANY,
          "The file holds more than %,d tasks or %,d characters".formatted(TASK_LIMIT, TEXT_LIMIT),
          file.toString(),
          "Use a sample of it.");
    }
  }

  private void skip(long line, DatasetError code, String why) {
    if (skipped.size() == SKIP_LIMIT) {
      throw unusable("The file of tasks has more than %,d bad lines".formatted(SKIP_LIMIT));
    }
    skipped.add(Skipped.of("line " + line, code, why));
  }

  private BridgeException unusable(String what) {
    String first =
        skipped.isEmpty() ? "it is empty" : skipped.get(0).id() + ": " + skipped.get(0).why();
    return new BridgeException(
        DatasetError.TASK_FILE_UNUSABLE,
        what + "; " + first,
        file.toString(),
        "Write one JSON object a line, such as {\"id\":\"t1\",\"input\":\"…\"}.");
  }
}
