package dev.lightningbridge.grading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.tasks.TaskJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What outputs are worth where this or that is expected: Java's graders and Python agree on it. */
public final class ExpectedVectors {
  private static final Path FILE = Path.of("src/test/resources/grading/expected.jsonl");

  private ExpectedVectors() {}

  /**
   * One of them.
   *
   * @param line the task as it is written in a file of tasks
   */
  public record Vector(String name, String grader, String line, String output, double reward) {
    public Task task() {
      try {
        return TaskJson.read(line);
      } catch (TaskJson.Invalid e) {
        throw new IllegalArgumentException(e);
      }
    }

    public Grader graderFor(Task task) {
      GraderChoice choice = GraderChoice.named(grader);
      return ((GradedBy.Rule) GradedBy.of(choice, null, List.of(task), true)).grader();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static List<Vector> all() {
    List<Vector> all = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(FILE)) {
        JsonNode node = Json.mapper().readTree(line);
        // As it is written: a reader of JSON would change its numbers.
        String task =
            line.substring(line.indexOf("\"task\": ") + 8, line.indexOf(", \"outputs\": "));
        for (JsonNode output : node.path("outputs")) {
          String text = output.path("output").asText();
          all.add(
              new Vector(
                  node.path("grader").asText() + " " + task + " and " + text.strip(),
                  node.path("grader").asText(),
                  task,
                  text,
                  output.path("reward").asDouble()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }
}
