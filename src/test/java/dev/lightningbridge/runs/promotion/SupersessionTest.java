package dev.lightningbridge.runs.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.RunLab;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupersessionTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);

  @TempDir Path folder;

  private static Proposal proposed(RunLab lab, String lineage, String prompt) {
    String run = lab.optimization(lab.finding(prompt)).enqueue(lab.request(), QueuePlace.LAST);
    lab.database.useTransaction(
        h -> h.execute("UPDATE runs SET state = 'waiting_for_approval' WHERE id = ?", run));
    return lab.proposals.propose(run, lineage, lab.baseline, prompt, null, "{}");
  }

  @Test
  void a_new_proposal_takes_the_place_of_those_of_its_lineage_that_wait() {
    try (RunLab lab = new RunLab(folder, 40)) {
      RunResult first = lab.run(lab.finding(BEST), lab.request());
      RunResult second = lab.run(lab.finding(BEST + "\nBe brief."), lab.request());

      Proposal older = lab.proposals.proposal(first.proposalId());
      assertThat(older.state()).isEqualTo("superseded");
      assertThat(older.reason())
          .isEqualTo(
              "A newer proposal of this lineage took its place: %s."
                  .formatted(second.proposalId()));
      assertThat(lab.runs.get(first.runId()).state()).isEqualTo(RunState.HELD);
      assertThat(lab.proposals.proposal(second.proposalId()).state()).isEqualTo("waiting");
      assertThat(new ProposalList(lab.database).page("superseded", null, 9))
          .extracting(Proposal::id)
          .containsExactly(first.proposalId());
    }
  }

  @Test
  void a_superseded_one_is_not_promoted_and_the_error_names_the_one_to_decide_over() {
    try (RunLab lab = new RunLab(folder, 40)) {
      Proposal older = proposed(lab, lab.lineage, BEST);
      Proposal newer = proposed(lab, lab.lineage, BEST + "\nBe brief.");

      assertThatThrownBy(() -> lab.promotions.promote(older.id(), false, Set.of()))
          .hasMessageContaining("LB-7109")
          .hasMessageContaining("the proposal was superseded")
          .hasMessageContaining(newer.id());
      assertThatThrownBy(() -> lab.promotions.reject(older.id(), "no"))
          .hasMessageContaining("the proposal was superseded");
    }
  }

  @Test
  void proposals_of_other_lineages_wait_on() {
    try (RunLab lab = new RunLab(folder, 40, Clock.systemUTC(), List.of("A", "B"))) {
      Proposal one = proposed(lab, lab.lineages.get(0), BEST);
      proposed(lab, lab.lineages.get(1), BEST);

      assertThat(lab.proposals.proposal(one.id()).state()).isEqualTo("waiting");
    }
  }

  @Test
  void a_simulated_one_takes_no_real_ones_place() {
    try (RunLab lab = new RunLab(folder, 40)) {
      Proposal real = proposed(lab, lab.lineage, BEST);
      lab.database.useTransaction(
          h -> h.execute("UPDATE runs SET sandbox = 0 WHERE id = ?", real.runId()));
      Proposal simulated = proposed(lab, lab.lineage, BEST + "\nBe brief.");

      assertThat(lab.proposals.proposal(real.id()).state()).isEqualTo("waiting");
      assertThat(lab.proposals.proposal(simulated.id()).state()).isEqualTo("waiting");
    }
  }

  @Test
  void what_is_promoted_closes_all_others_of_its_lineage() {
    try (RunLab lab = new RunLab(folder, 40)) {
      Proposal real = proposed(lab, lab.lineage, BEST);
      lab.database.useTransaction(
          h -> h.execute("UPDATE runs SET sandbox = 0 WHERE id = ?", real.runId()));
      RunResult simulated = lab.run(lab.finding(BEST), lab.request());

      lab.promotions.promote(simulated.proposalId(), false, Set.of());

      assertThat(lab.proposals.proposal(real.id()).state()).isEqualTo("superseded");
      assertThat(lab.proposals.proposal(real.id()).reason())
          .startsWith("Another proposal of this lineage was promoted: ");
    }
  }

  @Test
  void one_whose_writing_has_begun_is_not_superseded() {
    try (RunLab lab = new RunLab(folder, 40)) {
      Proposal begun = proposed(lab, lab.lineage, BEST);
      lab.proposals.promotions().begin(begun, lab.camp.toString());
      proposed(lab, lab.lineage, BEST + "\nBe brief.");

      assertThat(lab.proposals.proposal(begun.id()).state()).isEqualTo("waiting");
    }
  }
}
