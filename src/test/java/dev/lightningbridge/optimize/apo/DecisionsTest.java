package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.OptimizationJob;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who becomes the best prompt, in a race and at the end. */
class DecisionsTest {
  private static final List<Task> TASKS = ScriptedWorld.tasks("t", 48);

  private final ScriptedWorld world = new ScriptedWorld();
  private final Workbench bench =
      new Workbench(
          new OptimizationJob("run", "start", TASKS, TASKS, List.of(), ApoSettings.DEFAULT, 1),
          world.context(),
          new EngineSearch.Plan("decisions", true, 1_000));
  private final Race race =
      new Race(RacingSettings.DEFAULT, bench, TASKS, Choices.by(new SplittableRandom(1)));
  private final Finals finals = new Finals(bench, TASKS);

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void eight_lucky_tasks_dethrone_no_best_that_was_measured_on_32() throws Exception {
    Candidate best = candidate("best");
    bench.compare(List.of(best), TASKS.subList(0, 32), 1);
    world.rewards = (prompt, task) -> task.hashCode() % 4 == 0 ^ prompt.equals("best") ? 1 : 0;
    for (int i = 0; i < 10; i++) {
      Candidate challenger = candidate("challenger " + i);
      Race.End end = race.of(best, List.of(challenger), 1);
      end.winner()
          .ifPresent(
              winner ->
                  assertThat(TASKS.subList(0, 32))
                      .allMatch(t -> bench.rollouts().reward(challenger, t).isPresent()));
    }
  }

  @Test
  void who_is_better_on_all_tasks_of_the_best_dethrones_it() throws Exception {
    world.rewards = (prompt, task) -> prompt.equals("best") ? 0.4 : 0.9;
    Candidate best = candidate("best");
    Candidate better = candidate("better");
    bench.compare(List.of(best), TASKS.subList(0, 12), 1);
    assertThat(race.of(best, List.of(better), 1).winner())
        .hasValueSatisfying(winner -> assertThat(winner.candidate()).isEqualTo(better));
  }

  @Test
  void a_tie_is_found_early_and_the_shorter_prompt_wins_it() throws Exception {
    world.rewards = (prompt, task) -> 0.7;
    Candidate best = candidate("the best so far");
    assertThat(race.of(best, List.of(candidate("the best so far, longer")), 1).winner()).isEmpty();
    assertThat(world.calls.get()).isLessThanOrEqualTo(32);
    Candidate shorter = candidate("shorter");
    assertThat(race.of(best, List.of(shorter), 1).winner())
        .hasValueSatisfying(winner -> assertThat(winner.candidate()).isEqualTo(shorter));
  }

  @Test
  void an_earlier_best_that_is_better_on_all_tasks_wins_in_the_end() throws Exception {
    Set<String> luck = TASKS.subList(0, 8).stream().map(Task::id).collect(Collectors.toSet());
    world.rewards =
        (prompt, task) ->
            switch (prompt) {
              case "lucky" -> luck.contains(task) ? 1 : 0.5;
              case "earlier" -> 0.95;
              default -> 0.2;
            };
    Candidate earlier = candidate("earlier");
    Candidate lucky = candidate("lucky");
    bench.compare(List.of(earlier, lucky), TASKS.subList(0, 8), 1);
    finals.mayStand(earlier);
    finals.mayStand(lucky);
    assertThat(finals.winner(lucky, 2))
        .hasValueSatisfying(
            winner -> {
              assertThat(winner.candidate()).isEqualTo(earlier);
              assertThat(winner.score()).isCloseTo(0.95, within(1e-9));
            });
  }

  private Candidate candidate(String prompt) {
    return bench.candidate(prompt, null, 1, null);
  }
}
