package dev.lightningbridge.grading;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a judge goes by, in the words of the people who train the agent.
 *
 * @param need what the agent is for
 * @param constraints what its outputs must keep to
 * @param directives standing instructions given for its lineage
 * @param examples outputs that people scored; never those that the judge is tested on
 */
public record Rubric(
    String need, @Nullable String constraints, List<String> directives, List<Example> examples) {
  public Rubric {
    directives = List.copyOf(directives);
    examples = List.copyOf(examples);
  }

  /** The same rubric with other examples. */
  public Rubric withExamples(List<Example> others) {
    return new Rubric(need, constraints, directives, others);
  }

  /**
   * An output with a person's score.
   *
   * @param score 1 to 10
   */
  public record Example(String input, String output, int score, @Nullable String comment) {}
}
