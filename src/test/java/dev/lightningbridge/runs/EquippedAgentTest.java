package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.split.Inspection;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.nights.NightPicker;
import dev.lightningbridge.runs.nights.NightPlan;
import dev.lightningbridge.runs.nights.Schedule;
import dev.lightningbridge.runs.request.ModelAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that have tools or a flow, which a run would leave out. */
class EquippedAgentTest {
  private static final String WORDS =
      "2 tools (web_search, calculate) and a flow of 3 steps (start, tool, output)";
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);

  @TempDir Path folder;

  @Test
  void aRunOfOneIsRefusedWithWhatWouldBeLostAndNothingIsKept() {
    try (RunLab lab = equipped()) {
      assertThatThrownBy(() -> lab.run(lab.finding(BEST), lab.request()))
          .isInstanceOf(BridgeException.class)
          .hasMessageContainingAll("LB-7120", WORDS, "--as-plain-prompt");
      assertThatThrownBy(() -> lab.optimization(lab.finding(BEST)).estimate(lab.request()))
          .hasMessageContaining("LB-7120");
      assertThat(lab.runs.newest(10)).isEmpty();
    }
  }

  @Test
  void aTrainingOfItsModelIsRefusedToo() {
    try (RunLab lab = equipped()) {
      lab.training =
          new TrainingSettings(
              Algorithm.SFT, folder, 8, 8, 1, 60, 0, 1, 1e-2, 0.1, 0, 128, false, Map.of());
      assertThatThrownBy(() -> lab.run(lab.finding(BEST), lab.request()))
          .hasMessageContaining("LB-7120");
    }
  }

  @Test
  void asAPlainPromptItIsOptimisedAndVerdictAndProposalSayWhatWasLeftOut() {
    try (RunLab lab = equipped()) {
      lab.asPlainPrompt = true;
      RunResult result = lab.run(lab.finding(BEST), lab.request());
      assertThat(result.verdict()).as(result.reason()).isEqualTo(Decision.PROMOTE);
      assertThat(result.reason())
          .contains("The agent's " + WORDS + " were left out", "as plain chat");
      assertThat(lab.proposals.proposal(result.proposalId()).verdictJson()).contains(WORDS);
      assertThat(Path.of(result.report())).content().contains(WORDS);
    }
  }

  @Test
  void theNewestVersionCounts() {
    try (RunLab lab = equipped()) {
      try (CampFixture camp = CampFixture.reopen(lab.camp)) {
        camp.sql("UPDATE agent_definitions SET version = 2 WHERE id = ?", lab.baseline);
        camp.sql(
            """
            INSERT INTO agent_definitions SELECT 'before', lineage_id, 1, name, description,
                system_prompt, '[]', '[]', memory_config, parameters, created_at, updated_at
            FROM agent_definitions WHERE id = ?
            """,
            lab.baseline);
      }
      assertThatThrownBy(() -> lab.run(lab.finding(BEST), lab.request()))
          .hasMessageContaining("LB-7120");
    }
  }

  @Test
  void ofASessionTheBestLineageWithoutIsChosenAndItIsSaid() {
    try (RunLab lab = new RunLab(folder, 40, Clock.systemUTC(), List.of("A", "B"))) {
      equip(lab);
      RunResult result = lab.run(lab.finding(BEST), lab.request());
      assertThat(result.baseline().label()).isEqualTo("B");
      assertThat(result.chosen())
          .contains("lineage B, the best of the session without tools or a flow")
          .contains("lineage A was left alone, it has " + WORDS);
      assertThat(result.reason()).doesNotContain("left out");
    }
  }

  @Test
  void inspectSaysWhyItCannotBeOptimised() {
    try (RunLab lab = equipped();
        CampDatabase camp = CampDatabase.open(lab.camp, CampDatabase.Options.DEFAULT)) {
      Inspection.SessionView session =
          Inspection.of(camp.corpus(), SplitPlan.DEFAULT).sessions().get(0);
      Inspection.LineageView lineage = session.lineages().get(0);
      assertThat(lineage.optimisable()).isFalse();
      assertThat(lineage.equipment()).isEqualTo(WORDS);
      assertThat(lineage.reasons())
          .singleElement()
          .asString()
          .contains("it has " + WORDS, "--as-plain-prompt");
      assertThat(session.bestLineageId()).isNull();
    }
  }

  @Test
  void aNightSkipsItWithThatReasonUnlessTheScheduleSaysOtherwise() {
    try (NightLab nights = new NightLab(folder)) {
      equip(nights.lab);
      Schedule usual = nights.nightly(10);
      NightPicker picker = new NightPicker(nights.lab.database, CampGuard.NONE, nights.clock);
      NightPlan plan = picker.pick(usual);
      assertThat(plan.picked()).extracting(p -> p.lineage().label()).containsExactly("B");
      assertThat(plan.left())
          .singleElement()
          .satisfies(left -> assertThat(left.why()).contains("it has " + WORDS));

      Schedule also =
          new Schedule(
              usual.id(),
              usual.name(),
              true,
              usual.scope(),
              usual.when(),
              usual.search().withPlainPrompts(true),
              usual.model(),
              usual.spending(),
              false,
              null);
      assertThat(picker.pick(also).picked()).hasSize(2);
      assertThat(
              also.request("l", usual.spending().runLimits(), new ModelAccess.None(), null)
                  .asPlainPrompt())
          .isTrue();
    }
  }

  private RunLab equipped() {
    RunLab lab = new RunLab(folder, 40);
    equip(lab);
    return lab;
  }

  private static void equip(RunLab lab) {
    try (CampFixture camp = CampFixture.reopen(lab.camp)) {
      camp.sql(
          """
          UPDATE agent_definitions SET
              tools = '[{"id":"1","name":"web_search"},{"id":"2","name":"calculate"}]',
              flow = '[{"id":"a","type":"start"},{"id":"b","type":"tool"},{"id":"c","type":"output"}]'
          WHERE id = ?
          """,
          lab.baseline);
    }
  }
}
