package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.RolloutRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineWorthTest {
  private static final List<Task> TASKS = ScriptedWorld.tasks("t", 40);

  private final ScriptedWorld world = new ScriptedWorld();
  private final CallPool pool = new CallPool(4, Long.MAX_VALUE, new Cancellation());
  private final Rollouts rollouts =
      new Rollouts(new RolloutRunner(world, world), pool, event -> {}, true);
  private final LineWorth worth = new LineWorth(TASKS, rollouts);

  LineWorthTest() {
    world.rewards =
        (prompt, task) ->
            0.32
                + (prompt.contains("good") ? 0.3 : 0)
                + (prompt.contains("fine") ? 0.3 : 0)
                - (prompt.contains("harm") ? 0.3 : 0)
                + 0.05 * Math.floorMod(task.hashCode(), 2);
  }

  @Test
  void a_harmful_line_goes_and_a_good_line_of_a_rejected_sibling_comes() throws Exception {
    Candidate best = tried("head\ngood\nharm");
    tried("head");
    tried("head\ngood");
    tried("head\nfine\nharm");
    tried("head\ngood\nharm\nfine");
    assertThat(worth.recombined(best, Choices.by(new SplittableRandom(1))))
        .isEqualTo("head\ngood\nfine");
  }

  @Test
  void the_first_line_and_blank_lines_stay() throws Exception {
    Candidate best = tried("harm\n\ngood");
    tried("harm");
    tried("good");
    assertThat(worth.recombined(best, Choices.by(new SplittableRandom(1))))
        .isEqualTo("harm\n\ngood");
  }

  @Test
  void lines_of_a_wholly_different_text_are_not_mixed_in() throws Exception {
    Candidate best = tried("head\nplain");
    tried("head");
    tried("Other\ntext\ngood\nfine");
    List<String> proposals = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      proposals.add(worth.recombined(best, Choices.by(new SplittableRandom(seed))));
    }
    assertThat(proposals).noneMatch(p -> p.contains("good") || p.contains("Other"));
  }

  private Candidate tried(String prompt) throws SearchStopped {
    Candidate candidate = new Candidate(prompt, prompt);
    rollouts.of(List.of(new Trial(candidate, TASKS)));
    worth.learnFrom(candidate);
    return candidate;
  }
}
