package dev.lightningbridge.runs.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.runs.EvidenceStore;
import dev.lightningbridge.runs.RunLab;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.TaskEvidence;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealed tests that people decide. */
class PeopleTestsTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);

  @TempDir Path folder;

  @Test
  void a_run_with_people_as_its_grader_waits_for_them_and_their_choices_promote() {
    try (RunLab lab = new RunLab(folder, 60)) {
      RunResult run = lab.run(lab.finding(BEST), people(lab));
      assertThat(run.verdict()).isEqualTo(Decision.HOLD);
      assertThat(run.reason()).contains("waits for people");
      assertThat(run.proposalId()).isNull();
      assertThat(lab.people().open()).containsExactly(run.runId());
      PeopleStatus status = lab.people().status(run.runId()).orElseThrow();
      assertThat(status.pairs()).isBetween(15, 24);
      assertThat(status.beforehand()).contains("pairs: the new prompt's output must be chosen in");

      chooseBy(lab, run.runId(), true);
      RunResult decided = lab.people().decide(run.runId());

      assertThat(decided.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(decided.reason()).contains("People prefer the new prompt", "exact sign test");
      StoredRun stored = lab.runs.get(run.runId());
      assertThat(stored.state()).isEqualTo(RunState.WAITING_FOR_APPROVAL);
      assertThat(Json.read(stored.resultJson(), RunResult.class).proposalId())
          .isEqualTo(decided.proposalId());
      assertThat(lab.proposals.proposal(decided.proposalId()).prompt()).isEqualTo(BEST);
      assertThat(lab.people().open()).isEmpty();
      assertThat(lab.promotions.promote(decided.proposalId(), false, Set.of()).state())
          .isEqualTo("written");
    }
  }

  @Test
  void a_run_whose_judge_nobody_trusts_can_be_decided_by_people_afterwards() {
    try (RunLab lab = new RunLab(folder, 60)) {
      lab.judge = "coin-flip";
      lab.earlyStop = true;
      RunResult held = lab.run(lab.finding(BEST), lab.request());
      assertThat(held.judge().trusted()).isFalse();
      assertThat(lab.people().open()).isEmpty();
      assertThat(lab.people().offer(held.runId()).whyNot()).isNull();

      lab.people().begin(held.runId(), 12);
      assertThat(lab.people().status(held.runId()).orElseThrow().pairs()).isEqualTo(12);
      chooseBy(lab, held.runId(), true);
      assertThat(lab.people().decide(held.runId()).verdict()).isEqualTo(Decision.PROMOTE);
    }
  }

  @Test
  void choices_for_the_current_prompt_hold_and_cannot_be_made_again() {
    try (RunLab lab = new RunLab(folder, 60)) {
      RunResult run = lab.run(lab.finding(BEST), people(lab));
      chooseBy(lab, run.runId(), false);
      RunResult decided = lab.people().decide(run.runId());
      assertThat(decided.verdict()).isEqualTo(Decision.HOLD);
      assertThat(decided.reason()).contains("no proof that people prefer");
      assertThat(lab.runs.get(run.runId()).state()).isEqualTo(RunState.HELD);
      assertThatThrownBy(() -> lab.people().begin(run.runId(), 40))
          .isInstanceOf(BridgeException.class)
          .hasMessageContaining("LB-7150");
      assertThatThrownBy(() -> lab.people().decide(run.runId()))
          .isInstanceOf(BridgeException.class)
          .hasMessageContaining("LB-7151");
    }
  }

  @Test
  void a_run_that_its_trusted_judge_held_is_not_asked_about_once_more() {
    try (RunLab lab = new RunLab(folder, 60)) {
      RunResult held = lab.run(lab.finding(prompt(lab) + " "), lab.request());
      assertThat(held.verdict()).isEqualTo(Decision.HOLD);
      assertThat(lab.people().offer(held.runId()).whyNot()).isNotNull();
    }
  }

  @Test
  void no_verdict_before_the_last_pair_and_the_last_choice_can_be_taken_back() {
    try (RunLab lab = new RunLab(folder, 60)) {
      String run = lab.run(lab.finding(BEST), people(lab)).runId();
      OutputPair first = lab.people().next(run).orElseThrow();
      lab.people().choose(run, first.place(), PairSide.TIE);
      OutputPair second = lab.people().next(run).orElseThrow();
      assertThat(second.place()).isEqualTo(2);
      assertThatThrownBy(() -> lab.people().choose(run, first.place(), PairSide.LEFT))
          .isInstanceOf(BridgeException.class);
      assertThatThrownBy(() -> lab.people().decide(run)).isInstanceOf(BridgeException.class);
      lab.people().undo(run);
      assertThat(lab.people().next(run)).contains(first);
      assertThatThrownBy(() -> lab.people().undo(run)).isInstanceOf(BridgeException.class);
    }
  }

  @Test
  void the_sides_are_drawn_once_and_stay_where_they_are_after_a_restart() {
    String run;
    List<OutputPair> pairs;
    try (RunLab lab = new RunLab(folder, 60)) {
      run = lab.run(lab.finding(BEST), people(lab)).runId();
      pairs = all(lab, run);
      Map<String, TaskEvidence> tasks = byInput(lab, run);
      long newLeft =
          pairs.stream()
              .filter(p -> p.left().equals(tasks.get(p.input()).winner().output()))
              .count();
      assertThat(newLeft).isBetween(2L, pairs.size() - 2L);
      assertThat(pairs).allMatch(p -> !p.left().strip().equals(p.right().strip()));
    }
    try (var database = BridgeDatabase.open(BridgeHome.open(folder.resolve("home")))) {
      PeopleStore store = new PeopleStore(database, Clock.systemUTC());
      assertThat(store.open()).containsExactly(run);
      assertThat(store.pairs(run)).hasSize(pairs.size());
    }
  }

  @Test
  void a_test_that_was_given_up_can_be_begun_anew() {
    try (RunLab lab = new RunLab(folder, 60)) {
      String run = lab.run(lab.finding(BEST), people(lab)).runId();
      lab.people().choose(run, 1, PairSide.LEFT);
      lab.people().leave(run);
      assertThat(lab.people().open()).isEmpty();
      assertThat(lab.people().next(run)).isEmpty();
      assertThat(lab.people().begin(run, 40).chosen()).isZero();
    }
  }

  @Test
  void with_more_pairs_than_a_person_wants_the_judge_speaks_for_the_rest() {
    try (RunLab lab = new RunLab(folder, 150)) {
      lab.judge = "coin-flip";
      RunResult held = lab.run(lab.finding(BEST), lab.request());
      int all = lab.people().offer(held.runId()).pairs();
      assertThat(all).isGreaterThan(25);
      lab.people().begin(held.runId(), 24);
      chooseBy(lab, held.runId(), true);
      RunResult decided = lab.people().decide(held.runId());
      assertThat(decided.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(decided.remarks()).anyMatch(r -> r.contains("corrected the judge"));
    }
  }

  @Test
  void the_power_is_said_before_the_run() {
    try (RunLab lab = new RunLab(folder, 60)) {
      assertThat(lab.optimization(lab.finding(BEST)).notes(people(lab)))
          .anyMatch(note -> note.startsWith("People decide the sealed test. 24 pairs: "));
    }
  }

  private static OptimizeRequest people(RunLab lab) {
    return lab.request().gradedBy("people", null);
  }

  private static String prompt(RunLab lab) {
    return RunLab.TRUTH.seedPrompt(SandboxDomain.TRIAGE);
  }

  /** Chooses the new prompt's output everywhere, or the current one's. */
  private static void chooseBy(RunLab lab, String run, boolean forTheNew) {
    Map<String, TaskEvidence> tasks = byInput(lab, run);
    for (var next = lab.people().next(run); next.isPresent(); next = lab.people().next(run)) {
      OutputPair pair = next.get();
      boolean newIsLeft = pair.left().equals(tasks.get(pair.input()).winner().output());
      lab.people()
          .choose(run, pair.place(), newIsLeft == forTheNew ? PairSide.LEFT : PairSide.RIGHT);
    }
  }

  private static List<OutputPair> all(RunLab lab, String run) {
    List<OutputPair> pairs = new ArrayList<>();
    for (var next = lab.people().next(run); next.isPresent(); next = lab.people().next(run)) {
      pairs.add(next.get());
      lab.people().choose(run, next.get().place(), PairSide.TIE);
    }
    return pairs;
  }

  private static Map<String, TaskEvidence> byInput(RunLab lab, String run) {
    return new EvidenceStore(lab.database)
        .of(run).stream().collect(Collectors.toMap(TaskEvidence::input, Function.identity()));
  }
}
