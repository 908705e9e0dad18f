package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.tasks.TaskJson;
import dev.lightningbridge.grading.ExpectedVectors;
import dev.lightningbridge.grading.Grade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Grades the vectors of {@link ExpectedVectors} as a worker is answered, and writes answers and
 * exported tasks to target/python-fixtures, where python/tests/test_apo_expected.py reads them with
 * the real agentlightning's runner.
 */
class ExpectedForPythonTest {
  private static final Path OUT = Path.of("target/python-fixtures/expected.jsonl");

  @Test
  void each_vector_is_answered_with_its_reward() throws Exception {
    List<String> lines = new ArrayList<>();
    for (ExpectedVectors.Vector vector : ExpectedVectors.all()) {
      Task task = vector.task();
      Grade grade = vector.graderFor(task).grade(task, vector.output());
      JsonNode answer =
          WorkerRollouts.outcome(
              new Rollout(
                  task,
                  "prompt",
                  List.of(
                      new Message("user", task.input()), new Message("assistant", vector.output())),
                  vector.output(),
                  new Outcome.Rewarded(grade.reward(), grade.feedback())));

      assertThat(answer.path("reward").asDouble()).isEqualTo(vector.reward());

      ObjectNode line = Json.mapper().createObjectNode();
      line.put("exported", TaskJson.write(task).toString()).set("answer", answer);
      lines.add(line.toString());
    }
    Files.createDirectories(OUT.getParent());
    Files.write(OUT, lines);
  }
}
