package dev.lightningbridge.dataset.tasks;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.OutsideText;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.dataset.DatasetError;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A file of tasks ({@link TaskJson}), in one of the forms of {@link TaskRows}. A bad line, a
 * repeated id or a repeated input is skipped and listed with its place; empty lines are ignored.
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
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final Map<String, String> places = new HashMap<>();
  private final Map<InputKey, Task> inputs = new HashMap<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final MemberRemarks members = new MemberRemarks();
  private long text;

  private TaskFile(Path file) {
    this.file = file;
  }

  /**
   * What a file holds.
   *
   * @param form what it is, such as JSON Lines
   * @param tasks in their order
   * @param places where each stands, by its id
   * @param skipped the lines left out
   * @param remarks what should be known of the names of members, each a sentence
   */
  public record Contents(
      String form,
      List<Task> tasks,
      Map<String, String> places,
      List<Skipped> skipped,
      List<String> remarks) {}

  /** Whether a text has the form of a file of tasks; else its lines may be inputs themselves. */
  public static boolean isIn(String text) {
    return TaskRows.isIn(text);
  }

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
    try {
      return switch (OutsideText.open(file)) {
        case OutsideText.Other other ->
            throw new BridgeException(
                DatasetError.TASK_FILE_UNUSABLE,
                "The file is " + other.what() + " and none of tasks",
                file.toString(),
                other.remedy());
        case OutsideText.Text opened -> {
          try (InputStream in = opened.in()) {
            yield new TaskFile(file).read(opened);
          }
        }
      };
    } catch (IOException e) {
      throw new BridgeException(
          DatasetError.TASK_FILE_UNREADABLE,
          "The file of tasks cannot be read: " + e.getMessage(),
          file.toString(),
          "Check the file and its permissions.",
          e);
    }
  }

  private Contents read(OutsideText.Text opened) throws IOException {
    String form =
        TaskRows.read(
            opened,
            new TaskRows.Taker() {
              @Override
              public void take(String place, String json) {
                TaskFile.this.take(place, json);
              }

              @Override
              public void skip(String place, DatasetError code, String why) {
                TaskFile.this.skip(place, code, why);
              }
            });
    if (tasks.isEmpty()) {
      throw unusable("The file of tasks holds no usable task");
    }
    return new Contents(
        form,
        List.copyOf(tasks.values()),
        Map.copyOf(places),
        List.copyOf(skipped),
        members.sentences());
  }

  private void take(String place, String json) {
    try {
      TaskMembers read = TaskMembers.of(json);
      members.take(place, read);
      Task task = TaskJson.read(read);
      if (GivenInput.of(read.raw("input")).hadSystem()) {
        members.leftOutSystem(place);
      }
      Task same = inputs.get(InputKey.of(task.input()));
      if (same == null && tasks.containsKey(task.id())) {
        skip(place, DatasetError.TASK_ID_REPEATED, "id " + task.id() + " was used before");
      } else if (same == null) {
        keep(place, task, json.length());
      } else if (Objects.equals(same.expected(), task.expected())
          && same.checks().equals(task.checks())) {
        skip(place, DatasetError.TASK_INPUT_REPEATED, "an earlier line has this input");
      } else {
        skip(
            place,
            DatasetError.TASK_ANSWERS_DIFFER,
            "it contradicts %s: the same input, and another answer is right; the first counts"
                .formatted(places.get(same.id())));
      }
    } catch (TaskJson.Invalid e) {
      skip(place, e.code(), e.why());
    }
  }

  private void keep(String place, Task task, int length) {
    tasks.put(task.id(), task);
    places.put(task.id(), place);
    inputs.put(InputKey.of(task.input()), task);
    text += length;
    if (tasks.size() > TASK_LIMIT || text > TEXT_LIMIT) {
      throw new BridgeException(
          DatasetError.TASKS_TOO_MANY,
          "The file holds more than %,d tasks or %,d characters".formatted(TASK_LIMIT, TEXT_LIMIT),
          file.toString(),
          "Use a sample of it.");
    }
  }

  private void skip(String place, DatasetError code, String why) {
    if (skipped.size() == SKIP_LIMIT) {
      throw unusable("The file of tasks has more than %,d bad lines".formatted(SKIP_LIMIT));
    }
    skipped.add(Skipped.of(place, code, why));
  }

  private BridgeException unusable(String what) {
    String first =
        skipped.isEmpty() ? "it is empty" : skipped.get(0).id() + ": " + skipped.get(0).why();
    return new BridgeException(
        DatasetError.TASK_FILE_UNUSABLE,
        what + "; " + first,
        file.toString(),
        "Write one JSON object a line, such as {\"id\":\"t1\",\"input\":\"…\"}, or CSV with a column"
            + " input.");
  }
}
