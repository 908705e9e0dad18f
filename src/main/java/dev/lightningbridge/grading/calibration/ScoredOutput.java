package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.grading.Rubric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An output that a person scored, or that stands in a {@link ChosenPair}.
 *
 * @param id the database's
 * @param lineage label or id of its lineage
 * @param score the person's current score, 1 to 10; 0 where nobody scored an output of a pair
 */
public record ScoredOutput(
    String id, String lineage, String input, String output, int score, @Nullable String comment) {
  ScoredOutput withOutput(String other) {
    return new ScoredOutput(id, lineage, input, other, score, comment);
  }

  Task asTask() {
    return new Task(id, input, null, List.of(), null, TaskSource.CAPTURED);
  }

  Rubric.Example asExample() {
    return new Rubric.Example(input, output, score, comment);
  }

  boolean sameTextsAs(ScoredOutput other) {
    return input.equals(other.input) && output.equals(other.output);
  }
}
