package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestRolloutsTest {
  private static final Task TASK =
      new Task("t", "input", null, List.of(), null, TaskSource.CAPTURED);
  private final List<PairedRollout> pairs = new ArrayList<>();

  private static Rollout rewarded(double reward) {
    return new Rollout(TASK, "p", List.of(), "out", new Outcome.Rewarded(reward, ""));
  }

  private static Rollout cutOff(double reward) {
    return new Rollout(TASK, "p", List.of(), "ou", new Outcome.Rewarded(reward, ""), true);
  }

  private static Rollout failed(Kind kind, String role) {
    Failure failure = new Failure(kind.name(), role, "cause", "");
    return new Rollout(
        TASK,
        "p",
        List.of(),
        "",
        kind.agentsFault() && role.equals("worker")
            ? new Outcome.AgentFailed(failure)
            : new Outcome.InfrastructureFailed(failure));
  }

  private void add(int times, Rollout baseline, Rollout winner) {
    IntStream.range(0, times).forEach(i -> pairs.add(new PairedRollout(TASK, baseline, winner)));
  }

  private List<String> remarks() {
    Verdict verdict =
        new Verdict(
            Verdict.Decision.PROMOTE,
            Verdict.Reason.SIGNIFICANTLY_BETTER,
            "Better.",
            List.of(),
            null);
    return TestRollouts.of(pairs).on(verdict, Compared.PROMPTS).remarks();
  }

  @Test
  void each_way_to_have_no_whole_answer_is_counted_for_itself() {
    RolloutCounts counts =
        RolloutCounts.of(
            List.of(
                rewarded(1),
                cutOff(0.5),
                failed(Kind.REFUSED, "worker"),
                failed(Kind.REFUSED, "judge"),
                failed(Kind.CONTEXT_TOO_LONG, "worker"),
                failed(Kind.CUT_OFF, "worker"),
                failed(Kind.EMPTY_ANSWER, "worker"),
                failed(Kind.SAID_NOTHING, "worker"),
                failed(Kind.TIMEOUT, "worker"),
                failed(Kind.MALFORMED_ANSWER, "judge")));

    assertThat(counts).isEqualTo(new RolloutCounts(10, 1, 1, 2, 2, 1, 2, 5));
    assertThat(counts.words())
        .isEqualTo(
            "1 refused, 1 too long for the model, 2 cut off, 2 empty, 1 failed, 2 not graded; 5 left out");
    assertThat(counts.plain()).isFalse();
  }

  @Test
  void a_test_in_which_all_was_answered_needs_no_remark() {
    add(20, rewarded(0.2), rewarded(0.8));

    assertThat(remarks()).isEmpty();
  }

  @Test
  void a_winner_that_is_only_refused_less_often_is_told_with_what_is_left_without_refusals() {
    add(6, failed(Kind.REFUSED, "worker"), rewarded(0.7));
    add(14, rewarded(0.7), rewarded(0.7));

    assertThat(remarks())
        .containsExactly(
            "Of 20 rollouts each, with the new prompt: all answered and graded; with the current"
                + " prompt: 6 refused.",
            "The new prompt is refused less often: on 0 of 20 tasks, the current prompt on 6; a"
                + " refusal is reward 0. On the 14 tasks answered with both its mean reward is"
                + " 0.70, the current one's 0.70.");
  }

  @Test
  void a_winner_that_is_refused_more_often_is_told_too() {
    add(2, rewarded(0.2), failed(Kind.REFUSED, "worker"));
    add(18, rewarded(0.2), rewarded(0.9));

    assertThat(remarks().get(1))
        .startsWith(
            "The new prompt is refused more often: on 2 of 20 tasks, the current prompt on 0");
  }

  @Test
  void one_refusal_more_and_a_few_among_very_many_are_counted_and_not_made_much_of() {
    add(1, rewarded(0.2), failed(Kind.REFUSED, "worker"));
    add(9, rewarded(0.2), rewarded(0.9));
    assertThat(remarks()).hasSize(1);

    pairs.clear();
    add(4, rewarded(0.2), failed(Kind.REFUSED, "worker"));
    add(96, rewarded(0.2), rewarded(0.9));
    assertThat(remarks()).hasSize(1);
  }

  @Test
  void where_no_task_was_answered_with_both_there_is_no_mean() {
    add(5, failed(Kind.REFUSED, "worker"), rewarded(0.7));

    assertThat(remarks().get(1)).endsWith("No task was answered with both.");
  }
}
