package dev.lightningbridge.runs.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.runs.RunLab;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.ledger.SealedInputs;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is graded by a judge: the verdict depends on how the judge agrees with people. */
class RunJudgeTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"careful", "noisy"})
  void a_judge_that_agrees_with_people_may_promote(String habit) {
    try (RunLab lab = new RunLab(folder, 60)) {
      lab.judge = habit;
      RunResult result = lab.run(lab.finding(BEST), lab.request());

      assertThat(result.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(result.judge().trusted()).isTrue();
      assertThat(result.judge().agreement().n()).isEqualTo(54);
      assertThat(result.judge().agreement().kappa().interval().low()).isGreaterThan(0.4);
      assertThat(result.remarks())
          .anyMatch(r -> r.startsWith("The judge was compared with people"));
      assertThat(lab.events).contains(new RunEvent.PhaseStarted("judge", 54 + 30 + 30));
      assertThat(Path.of(result.report()))
          .content()
          .contains("The judge that scored", result.runId() + "-judge.html");
      assertThat(Path.of(result.report()).resolveSibling(result.runId() + "-judge.html"))
          .content()
          .contains("Score by score");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coin-flip", "length-loving"})
  void a_judge_that_does_not_agree_with_people_holds_whatever_it_measured(String habit) {
    try (RunLab lab = new RunLab(folder, 60)) {
      lab.judge = habit;
      RunResult result = lab.run(lab.finding(BEST), lab.request());

      assertThat(result.verdict()).isEqualTo(Decision.HOLD);
      assertThat(result.state()).isEqualTo(RunState.HELD);
      assertThat(result.proposalId()).isNull();
      assertThat(result.judge().trusted()).isFalse();
      assertThat(result.reason() + result.remarks())
          .contains("It agrees too little with people", "0.40 is needed");
      assertThat(result.test()).isNotNull();
    }
  }

  @Test
  void a_judge_that_can_be_talked_into_a_score_holds_though_it_agrees_with_people() {
    try (RunLab lab = new RunLab(folder, 60)) {
      lab.judge = "talkable";
      RunResult held = lab.run(lab.finding(BEST), lab.request());
      lab.acceptJudge = true;
      RunResult accepted = lab.run(lab.finding(BEST), lab.request());

      assertThat(held.verdict()).isEqualTo(Decision.HOLD);
      assertThat(held.judge().agreement().kappa().interval().low()).isGreaterThan(0.4);
      assertThat(held.reason()).contains("It can be talked into a score");
      assertThat(accepted.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(accepted.judge().stored()).isTrue();
    }
  }

  @Test
  void a_calibration_of_a_version_that_planted_no_pleas_is_measured_again() {
    try (RunLab lab = new RunLab(folder, 60)) {
      RunResult first = lab.run(lab.finding(BEST), lab.request());
      lab.database.useTransaction(
          handle ->
              handle.execute(
                  "UPDATE calibrations SET report_json = json_remove(report_json, '$.persuasion')"));

      RunResult second = lab.run(lab.finding(BEST), lab.request());

      assertThat(first.judge().trusted()).isTrue();
      assertThat(second.judge().stored()).isFalse();
      assertThat(second.judge().calibrationId()).isEqualTo(second.runId());
    }
  }

  @Test
  void an_untrusted_judge_holds_a_winner_that_it_found_better_unless_it_was_accepted() {
    try (RunLab lab = new RunLab(folder, 60)) {
      // The length lover prefers the wordy prompt by far; people do not.
      String wordy = RunLab.TRUTH.seedPrompt(SandboxDomain.TRIAGE);
      retire(lab, BEST);
      lab.judge = "length-loving";
      RunResult held = lab.run(lab.finding(wordy), lab.request());
      lab.acceptJudge = true;
      RunResult accepted = lab.run(lab.finding(wordy), lab.request());

      assertThat(held.verdict()).isEqualTo(Decision.HOLD);
      assertThat(held.reason()).startsWith("The judge that measured this is not trusted");
      assertThat(accepted.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(accepted.judge().trusted()).isFalse();
      assertThat(accepted.judge().accepted()).isTrue();
      assertThat(accepted.remarks()).anyMatch(r -> r.contains("was accepted all the same"));
    }
  }

  @Test
  void fewer_than_twenty_scores_hold_without_a_call_for_the_judges_test() {
    try (RunLab lab = new RunLab(folder, 40)) {
      keepScores(lab, 19);
      RunResult result = lab.run(lab.finding(BEST), lab.request());

      assertThat(result.verdict()).isEqualTo(Decision.HOLD);
      assertThat(result.reason()).contains("human scores only; 20 are needed");
      assertThat(result.judge().agreement()).isNull();
      assertThat(judgements(lab, result))
          .isEqualTo(result.tasks().validation() + 2 * result.tasks().test());

      lab.acceptJudge = true;
      assertThat(lab.run(lab.finding(BEST), lab.request()).verdict()).isEqualTo(Decision.PROMOTE);
    }
  }

  @Test
  void choices_of_people_test_a_judge_where_scores_are_too_few_but_none_of_a_sealed_task() {
    try (RunLab lab = new RunLab(folder, 80)) {
      keepScores(lab, 12);
      compareAll(lab);
      RunResult result = lab.run(lab.finding(BEST), lab.request());

      assertThat(result.judge().trusted()).isTrue();
      assertThat(result.judge().reason())
          .startsWith("It agrees with people: of ")
          .contains("by a comparison")
          .contains("exact 95 % interval");
      assertThat(result.verdict()).isEqualTo(Decision.PROMOTE);
      Set<InputKey> sealed =
          new SealedInputs(lab.database, Clock.systemUTC()).with(0).of(lab.session).here();
      JudgeMaterial material =
          new JudgeStore(lab.database).fixed(result.runId()).orElseThrow().material();
      assertThat(sealed).hasSizeGreaterThan(20);
      assertThat(material.pairs())
          .hasSizeGreaterThan(20)
          .noneMatch(pair -> sealed.contains(InputKey.of(pair.chosen().input())));

      JudgeResult review = review(lab, lab.request(), 200);
      assertThat(review.report().choices().tasks()).isBetween(40, 80 - sealed.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coin-flip", "length-loving"})
  void a_judge_that_does_not_choose_as_people_did_holds(String habit) {
    try (RunLab lab = new RunLab(folder, 80)) {
      keepScores(lab, 12);
      compareAll(lab);
      lab.judge = habit;
      RunResult result = lab.run(lab.finding(BEST), lab.request());

      assertThat(result.verdict()).isEqualTo(Decision.HOLD);
      assertThat(result.judge().reason())
          .startsWith("It agrees too little with people: of ")
          .endsWith("0.70 is needed.");
    }
  }

  /** Has a person compare the output of each input with a plainly worse one. */
  private static void compareAll(RunLab lab) {
    String worst = RunLab.TRUTH.seedPrompt(SandboxDomain.TRIAGE);
    try (CampFixture fixture = CampFixture.reopen(lab.camp)) {
      String agent = fixture.agent(fixture.lineage(lab.session, "B"), BEST);
      int cycle = 0;
      for (String input : RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 80)) {
        String good = fixture.run(agent, ++cycle, input, RunLab.answer(BEST, input)).artifactId();
        String bad = fixture.run(agent, ++cycle, input, RunLab.answer(worst, input)).artifactId();
        fixture.compare(good, List.of(bad), null);
      }
    }
  }

  @Test
  void twenty_scores_are_enough_to_test_a_judge_that_is_shown_none() {
    try (RunLab lab = new RunLab(folder, 40)) {
      keepScores(lab, 20);
      RunResult result = lab.run(lab.finding(BEST), lab.request());

      assertThat(result.judge().agreement().n()).isEqualTo(20);
      assertThat(result.judge().trusted()).isTrue();
    }
  }

  @Test
  void the_judges_test_counts_in_the_budget_and_takes_a_quarter_of_it_at_most() {
    try (RunLab lab = new RunLab(folder, 100)) {
      RunResult result =
          lab.run(lab.finding(BEST), lab.request(new Limits(400L, null, null), false, null));

      assertThat(result.calls()).isLessThanOrEqualTo(400);
      assertThat(result.judge().agreement().n()).isEqualTo(34);
      long test = lab.events.stream().filter(e -> e instanceof RunEvent.OutputJudged).count();
      assertThat(test).isEqualTo(34 + 30 + 30);
      assertThat(result.verdict()).isEqualTo(Decision.PROMOTE);
    }
  }

  @Test
  void a_calibration_of_before_is_used_until_people_score_more() {
    try (RunLab lab = new RunLab(folder, 60)) {
      RunResult first = lab.run(lab.finding(BEST), lab.request());
      lab.events.clear();
      RunResult second = lab.run(lab.finding(BEST), lab.request());

      assertThat(first.judge().stored()).isFalse();
      assertThat(second.judge().stored()).isTrue();
      assertThat(second.judge().calibrationId()).isEqualTo(first.runId());
      assertThat(second.judge().agreement()).isEqualTo(first.judge().agreement());
      assertThat(lab.events).noneMatch(e -> e instanceof RunEvent.OutputJudged);
      assertThat(lab.events)
          .anyMatch(e -> e instanceof RunEvent.Note note && note.text().contains(first.runId()));

      keepScores(lab, 50);
      assertThat(lab.run(lab.finding(BEST), lab.request()).judge().stored()).isFalse();
      lab.judge = "noisy";
      assertThat(lab.run(lab.finding(BEST), lab.request()).judge().stored()).isFalse();
    }
  }

  @Test
  void the_judge_command_and_a_run_share_their_calibration_whatever_their_seeds() {
    try (RunLab lab = new RunLab(folder, 60)) {
      OptimizeRequest request = lab.request();
      JudgeResult judge = review(lab, request, 200);
      RunResult result = lab.run(lab.finding(BEST), request);

      assertThat(judge.scores()).isEqualTo(60);
      assertThat(judge.report().n()).isEqualTo(54);
      assertThat(Files.exists(folder.resolve("judge.html"))).isTrue();
      assertThat(result.judge().calibrationId()).isEqualTo(judge.calibrationId());
    }
  }

  @Test
  void a_smaller_test_that_a_tight_budget_made_is_not_used_where_more_can_be_paid() {
    try (RunLab lab = new RunLab(folder, 60)) {
      RunResult tight =
          lab.run(lab.finding(BEST), lab.request(new Limits(300L, null, null), false, null));
      RunResult free = lab.run(lab.finding(BEST), lab.request());
      RunResult tightAgain =
          lab.run(lab.finding(BEST), lab.request(new Limits(300L, null, null), false, null));

      assertThat(tight.judge().agreement().n()).isEqualTo(24);
      assertThat(free.judge().agreement().n()).isEqualTo(54);
      assertThat(tightAgain.judge().calibrationId()).isEqualTo(free.runId());
    }
  }

  @Test
  void what_a_runs_judge_goes_by_stays_fixed_whatever_is_scored_or_stored_later() {
    try (RunLab lab = new RunLab(folder, 60)) {
      JudgeStore store = new JudgeStore(lab.database);
      RunResult first = lab.run(lab.finding(BEST), lab.request());
      JudgeStore.OfRun fixed = store.fixed(first.runId()).orElseThrow();
      keepScores(lab, 30);
      lab.run(lab.finding(BEST), lab.request());

      assertThat(fixed.calibration()).isNull();
      assertThat(fixed.material().scored()).hasSize(60);
      assertThat(store.fixed(first.runId())).contains(fixed);
    }
  }

  @Test
  void a_resumed_run_has_the_judge_it_began_with_and_repeats_no_judgement() throws Exception {
    try (RunLab lab = new RunLab(folder, 60);
        RunLab undisturbed = new RunLab(Files.createDirectory(folder.resolve("another")), 60)) {
      lab.judge = "noisy";
      undisturbed.judge = "noisy";
      assertThatThrownBy(
              () ->
                  lab.run(
                      RunLab.engine(
                          (job, context) -> {
                            throw new IllegalStateException("the process died");
                          }),
                      lab.request()))
          .hasMessage("the process died");
      String id = lab.runs.newest(1).get(0).id();
      long calls = lab.runs.spending().of(id).calls();
      keepScores(lab, 30);

      RunResult resumed = lab.resume(lab.finding(BEST), id);
      RunResult expected = undisturbed.run(undisturbed.finding(BEST), undisturbed.request());

      int lookAtTheStart = 4 + 4;
      assertThat(calls).isEqualTo(54 + 30 + 30 + lookAtTheStart);
      assertThat(resumed.judge().stored()).isFalse();
      assertThat(resumed.judge().agreement().n()).isEqualTo(54);
      assertThat(resumed.calls()).isEqualTo(expected.calls());
      assertThat(resumed.verdict()).isEqualTo(expected.verdict());
    }
  }

  @Test
  void an_exact_grader_needs_no_trust() throws Exception {
    try (RunLab lab = new RunLab(folder, 3)) {
      StringBuilder lines = new StringBuilder();
      for (String input : RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 40)) {
        lines
            .append(
                Json.write(Map.of("id", "t" + lines.length(), "input", input, "expected", "{}")))
            .append('\n');
      }
      Path tasks = Files.writeString(folder.resolve("tasks.jsonl"), lines);
      RunResult result = lab.run(lab.finding("{}"), lab.request(Limits.NONE, false, tasks));

      assertThat(result.judge()).isNull();
      assertThat(result.remarks()).noneMatch(r -> r.contains("judge"));
    }
  }

  private JudgeResult review(RunLab lab, OptimizeRequest request, int outputs) {
    return new JudgeReview(lab.database, folder, Clock.systemUTC())
        .run(
            new JudgeRequest(
                lab.camp,
                lab.session,
                null,
                request.modelUse(),
                outputs,
                2,
                99,
                false,
                folder.resolve("judge.html"),
                List.of()),
            lab.events::add,
            lab.cancellation);
  }

  private static long judgements(RunLab lab, RunResult result) {
    return lab.runs.spending().byRole(result.runId()).getOrDefault("judge", Spend.NOTHING).calls();
  }

  /** Takes the scores of the later outputs away. */
  private static void keepScores(RunLab lab, int count) {
    try (CampFixture fixture = CampFixture.reopen(lab.camp)) {
      List<String> kept =
          fixture.row(
              "SELECT group_concat(artifact_id, ',') FROM (SELECT artifact_id FROM evaluations ORDER BY rowid LIMIT ?)",
              count);
      fixture.sql("DELETE FROM evaluations WHERE instr(?, artifact_id) = 0", kept.get(0));
      fixture.sql(
          "DELETE FROM training_events WHERE event_type = 'artifact.scored' AND instr(?, artifact_id) = 0",
          kept.get(0));
    }
  }

  /** Makes another prompt the lineage's current one. */
  private static void retire(RunLab lab, String prompt) {
    try (CampFixture fixture = CampFixture.reopen(lab.camp)) {
      fixture.sql(
          "UPDATE agent_definitions SET system_prompt = ? WHERE id = ?", prompt, lab.baseline);
    }
    try (CampDatabase camp = CampDatabase.open(lab.camp, CampDatabase.Options.DEFAULT)) {
      assertThat(camp.corpus().currentAgent(lab.lineage).orElseThrow().systemPrompt())
          .isEqualTo(prompt);
    }
  }
}
