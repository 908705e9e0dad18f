package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.RolloutRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartWorthTest {
  private static final List<Task> TASKS = ScriptedWorld.tasks("t", 40);

  private static final String RULES =
      """
      Classify the sentiment of the review as positive or negative.

      - Positive: praise, satisfaction or a recommendation.
      - Negative: a complaint, disappointment or a defect.

      Answer with the lower-case word alone: positive or negative.""";
  private static final String EXAMPLES =
      """
      Examples:
      Review: I love this phone, it works perfectly.
      Answer: positive
      Review: The screen broke after a week.
      Answer: negative
      Review: Great food and friendly staff.
      Answer: positive
      Review: We waited an hour and it was cold.
      Answer: negative""";

  private final ScriptedWorld world = new ScriptedWorld();
  private final CallPool pool = new CallPool(4, Long.MAX_VALUE, new Cancellation());
  private final Rollouts rollouts =
      new Rollouts(new RolloutRunner(world, world), pool, event -> {}, true);
  private final PartWorth worth = new PartWorth(TASKS, rollouts);

  PartWorthTest() {
    world.rewards =
        (prompt, task) ->
            0.32
                + (prompt.contains("good") ? 0.3 : 0)
                + (prompt.contains("fine") ? 0.3 : 0)
                - (prompt.contains("harm") ? 0.3 : 0)
                + 0.05 * Math.floorMod(task.hashCode(), 2);
  }

  @Test
  void a_harmful_item_goes_and_a_good_item_of_a_rejected_sibling_comes() throws Exception {
    Candidate best = tried("head\n- good\n- harm");
    tried("head");
    tried("head\n- good");
    tried("head\n- fine\n- harm");
    tried("head\n- good\n- harm\n- fine");
    assertThat(worth.recombined(best, Choices.by(new SplittableRandom(1))))
        .isEqualTo("head\n- fine\n- good");
  }

  @Test
  void the_first_part_and_blank_lines_stay() throws Exception {
    Candidate best = tried("harm\n\ngood");
    tried("harm");
    tried("good");
    assertThat(worth.recombined(best, Choices.by(new SplittableRandom(1))))
        .isEqualTo("harm\n\ngood");
  }

  @Test
  void parts_of_a_wholly_different_text_are_not_mixed_in() throws Exception {
    Candidate best = tried("head\n\nplain");
    tried("head");
    tried("Other\n\ntext\n- good\n- fine");
    List<String> proposals = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      proposals.add(worth.recombined(best, Choices.by(new SplittableRandom(seed))));
    }
    assertThat(proposals).noneMatch(p -> p.contains("good") || p.contains("Other"));
  }

  /**
   * What the first run on a real model promoted had answers without their reviews, and the reverse.
   */
  @Test
  void no_recombination_of_the_first_real_run_tears_its_examples() throws Exception {
    Candidate best = tried(RULES + "\n\n" + EXAMPLES);
    tried("Classify the sentiment of the review. Answer with one word.");
    tried(RULES + "\n\n" + EXAMPLES + "\nReview: I called three times.\nAnswer: negative");
    tried(RULES + "\n\n- Irony counts by what is meant.\n\n" + EXAMPLES);
    tried(RULES + "\n\nReview: A charming film.\nAnswer: positive\n\n" + EXAMPLES);
    for (int seed = 0; seed < 200; seed++) {
      List<String> lines =
          worth.recombined(best, Choices.by(new SplittableRandom(seed))).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        boolean review = lines.get(i).startsWith("Review:");
        boolean answered = i + 1 < lines.size() && lines.get(i + 1).startsWith("Answer: ");
        assertThat(answered).as("line %d of %s", i, lines).isEqualTo(review);
      }
    }
  }

  private Candidate tried(String prompt) throws SearchStopped {
    Candidate candidate = new Candidate(prompt, prompt);
    rollouts.of(List.of(new Trial(candidate, TASKS)));
    worth.learnFrom(candidate);
    return candidate;
  }
}
