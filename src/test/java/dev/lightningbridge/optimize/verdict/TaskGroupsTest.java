package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.optimize.verdict.TaskGroup.Finding;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.optimize.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskGroupsTest {
  private static final String PROMOTED = "The new prompt is better.";

  private final List<PairedRollout> pairs = new ArrayList<>();

  @Test
  void a_loss_in_one_group_is_found_though_the_prompt_is_better_on_the_whole() {
    add("orders", 20, 0.3, 0.8);
    add("billing", 8, 0.7, 0.4);

    List<TaskGroup> groups = groups().groups();

    assertThat(groups).extracting(TaskGroup::tag).containsExactly("billing", "orders");
    assertThat(groups)
        .extracting(TaskGroup::finding)
        .containsExactly(Finding.LOSS, Finding.NO_LOSS_SHOWN);
    assertThat(groups.get(0).n()).isEqualTo(8);
    assertThat(groups.get(0).pWorse()).isEqualTo(1 / 256.0);
  }

  @Test
  void no_regression_holds_a_better_prompt_for_it_and_else_it_is_a_remark() {
    add("orders", 20, 0.3, 0.8);
    add("billing", 8, 0.7, 0.4);
    String loss =
        "The new prompt is worse on \"billing\": on 8 sealed test tasks its mean reward is 0.40,"
            + " the current one's 0.70 (p = 0.004).";

    Verdict held = groups().on(promote(), true, Compared.PROMPTS);
    assertThat(held.decision()).isEqualTo(Decision.HOLD);
    assertThat(held.reason()).isEqualTo(Reason.WORSE_IN_A_GROUP);
    assertThat(held.sentence()).isEqualTo(loss);
    assertThat(held.remarks()).first().isEqualTo("On all tasks together: " + PROMOTED);

    Verdict allowed = groups().on(promote(), false, Compared.PROMPTS);
    assertThat(allowed.decision()).isEqualTo(Decision.PROMOTE);
    assertThat(allowed.remarks()).containsExactly(loss);
  }

  @Test
  void a_verdict_that_is_held_anyway_keeps_its_reason() {
    add("billing", 8, 0.7, 0.4);
    add("orders", 8, 0.5, 0.5);
    Verdict held = groups().on(Verdict.samePrompt(), true, Compared.PROMPTS);
    assertThat(held.reason()).isEqualTo(Reason.SAME_PROMPT);
    assertThat(held.remarks()).anyMatch(remark -> remark.contains("\"billing\""));
  }

  @Test
  void several_groups_must_show_more_than_one_alone() {
    // 1/32 of all sign patterns: enough for one group, not for the better of two
    addDifferences("a", -.1, -.1, -.1, -.1, -.1, 0, 0);
    assertThat(groups().groups().get(0).finding()).isEqualTo(Finding.LOSS);
    add("b", 7, 0.5, 0.5);
    assertThat(groups().groups())
        .extracting(TaskGroup::finding)
        .containsExactly(Finding.NO_LOSS_SHOWN, Finding.NO_LOSS_SHOWN);
  }

  @Test
  void once_one_group_has_shown_its_loss_the_next_has_one_rival_less() {
    addDifferences("a", -.1, -.1, -.1, -.1, -.1, 0, 0);
    addDifferences("b", -.1, -.1, -.1, -.1, -.1, -.1, -.1);
    assertThat(groups().groups())
        .extracting(TaskGroup::finding)
        .containsExactly(Finding.LOSS, Finding.LOSS);
  }

  @Test
  void groups_too_small_to_show_anything_cost_the_others_nothing_and_are_named() {
    addDifferences("a", -.1, -.1, -.1, -.1, -.1, 0, 0);
    add("b", 4, 0.9, 0.1);
    add("c", 5, 0.9, 0.1);

    assertThat(groups().groups())
        .extracting(TaskGroup::finding)
        .containsExactly(Finding.LOSS, Finding.TOO_SMALL, Finding.TOO_SMALL);
    assertThat(groups().on(promote(), true, Compared.PROMPTS).remarks())
        .contains("Too few sealed test tasks to show a loss: \"b\" (4), \"c\" (5).");
  }

  @Test
  void no_regression_holds_where_a_group_fell_and_is_too_small_to_show_it() {
    add("orders", 20, 0.3, 0.8);
    add("legal", 3, 1.0, 0.5);

    Verdict held = groups().on(promote(), true, Compared.PROMPTS);
    assertThat(held.decision()).isEqualTo(Decision.HOLD);
    assertThat(held.reason()).isEqualTo(Reason.GROUP_TOO_SMALL);
    assertThat(held.sentence())
        .isEqualTo(
            "The mean reward of the new prompt on \"legal\" is 0.50, the current one's 1.00, and 3"
                + " sealed test tasks are too few to tell whether that is chance: give more with"
                + " this tag.");
    assertThat(groups().on(promote(), false, Compared.PROMPTS).decision())
        .isEqualTo(Decision.PROMOTE);
  }

  @Test
  void a_small_group_that_did_not_fall_holds_nothing() {
    add("orders", 20, 0.3, 0.8);
    add("legal", 3, 0.5, 0.5);
    assertThat(groups().on(promote(), true, Compared.PROMPTS).decision())
        .isEqualTo(Decision.PROMOTE);
  }

  @Test
  void tasks_without_tags_are_one_group_and_the_verdict_says_so() {
    add(null, 9, 0.3, 0.8);
    assertThat(groups().groups())
        .singleElement()
        .satisfies(group -> assertThat(group.tag()).isNull());
    Verdict verdict = groups().on(promote(), true, Compared.PROMPTS);
    assertThat(verdict.decision()).isEqualTo(Decision.PROMOTE);
    assertThat(verdict.remarks()).singleElement().asString().contains("none has a \"tag\"");
  }

  @Test
  void tasks_that_were_left_out_count_in_no_group() {
    add("a", 5, 0.7, 0.2);
    Task task = task("a");
    pairs.add(
        new PairedRollout(
            task,
            rollout(task, new Outcome.Rewarded(1, "")),
            rollout(
                task,
                new Outcome.InfrastructureFailed(new Failure("TIMEOUT", "worker", "slow", "")))));
    assertThat(groups().groups().get(0).n()).isEqualTo(5);
  }

  @Test
  void equal_prompts_are_found_worse_in_some_group_at_most_once_in_twenty_times() {
    SplittableRandom random = new SplittableRandom(5);
    int found = 0;
    int times = 2000;
    for (int time = 0; time < times; time++) {
      pairs.clear();
      for (String tag : List.of("a", "b", "c", "d")) {
        for (int i = 0; i < 6 + 3 * (tag.charAt(0) - 'a'); i++) {
          addDifferences(tag, random.nextDouble(-.5, .5));
        }
      }
      if (groups().groups().stream().anyMatch(g -> g.finding() == Finding.LOSS)) {
        found++;
      }
    }
    // 5 % and three standard errors
    assertThat(found / (double) times).isBetween(0.01, 0.065);
  }

  private TaskGroups groups() {
    return TaskGroups.of(pairs, 3);
  }

  private static Verdict promote() {
    return new Verdict(Decision.PROMOTE, Reason.SIGNIFICANTLY_BETTER, PROMOTED, List.of(), null);
  }

  private void add(@Nullable String tag, int count, double baseline, double winner) {
    for (int i = 0; i < count; i++) {
      add(tag, baseline, winner);
    }
  }

  private void addDifferences(String tag, double... differences) {
    for (double difference : differences) {
      add(tag, .5, .5 + difference);
    }
  }

  private void add(@Nullable String tag, double baseline, double winner) {
    Task task = task(tag);
    pairs.add(
        new PairedRollout(
            task,
            rollout(task, new Outcome.Rewarded(baseline, "")),
            rollout(task, new Outcome.Rewarded(winner, ""))));
  }

  private Task task(@Nullable String tag) {
    String id = "t" + pairs.size();
    return new Task(id, id, null, List.of(), null, TaskSource.PROVIDED, tag);
  }

  private static Rollout rollout(Task task, Outcome outcome) {
    return new Rollout(task, "p", List.of(), "", outcome);
  }
}
