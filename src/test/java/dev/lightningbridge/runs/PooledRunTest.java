package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.dataset.PooledSession;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.demonstrations.Demonstration;
import dev.lightningbridge.runs.ending.RunResult;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a session with few inputs and scores, for which those of others are taken in. */
class PooledRunTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);
  private static final int FEW = 6;

  private final Set<String> searched = new HashSet<>();

  @TempDir Path folder;

  @Test
  void a_session_that_is_too_small_alone_is_searched_and_judged_with_what_is_pooled() {
    try (RunLab lab = new RunLab(folder, FEW)) {
      String other = session(lab, "Returns", " SORT  tickets ", FEW, 46);
      assertThat(lab.run(searching(), lab.request()).reason())
          .contains("more are needed to search");

      lab.events.clear();
      lab.pool = List.of(Pool.SAME_NEED);
      RunResult result = lab.run(searching(), lab.request());

      String pooled =
          "Pooled with the session: 40 further inputs and 40 scored outputs of session Returns (%s)."
              .formatted(other);
      assertThat(notes(lab)).contains(pooled).anyMatch(n -> n.startsWith("The judge was tested."));
      assertThat(result.remarks()).contains(pooled);
      RunPlan plan = lab.runs.plan(result.runId()).orElseThrow();
      assertThat(plan.pooled()).containsExactly(new PooledSession(other, "Returns", 40, 40, 0));
      assertThat(plan.tasks()).hasSize(46);
      assertThat(plan.tasks()).extracting(Task::sessionId).containsOnly(lab.session, other);
    }
  }

  @Test
  void what_was_sealed_for_the_other_session_is_searched_on_by_no_pooled_run() {
    try (RunLab lab = new RunLab(folder, FEW)) {
      lab.acceptJudge = true;
      String other = session(lab, "Returns", "Another need", FEW, 46);
      RunResult alone = lab.run(searching(), lab.ofSession(other));
      Set<String> sealed = sealed(lab, alone);
      assertThat(sealed).hasSizeGreaterThan(7);
      searched.clear();

      lab.pool = List.of(other);
      RunResult result = lab.run(searching(), lab.ofSession(lab.session));

      assertThat(result.reason()).doesNotContain("more are needed to search");
      assertThat(searched).isNotEmpty().doesNotContainAnyElementsOf(sealed);
    }
  }

  @Test
  void a_resumed_run_has_the_pool_of_its_first_start() {
    try (RunLab lab = new RunLab(folder, FEW)) {
      session(lab, "Returns", "Sort tickets", FEW, 36);
      lab.pool = List.of(Pool.SAME_NEED);
      PromptOptimizer failing =
          RunLab.engine(
              (job, context) -> {
                remember(job.train(), job.validation());
                throw new IllegalStateException("broken off");
              });
      assertThatThrownBy(() -> lab.run(failing, lab.request())).hasMessageContaining("broken off");
      String id = lab.runs.newest(1).getFirst().id();
      Set<String> before = Set.copyOf(searched);
      searched.clear();
      session(lab, "Later", "Sort tickets", 36, 50);

      RunResult result = lab.resume(searching(), id);

      assertThat(searched).isEqualTo(before);
      assertThat(result.remarks()).noneMatch(remark -> remark.contains("Later"));
    }
  }

  @Test
  void an_example_of_another_session_says_so() {
    try (RunLab lab = new RunLab(folder, FEW)) {
      session(lab, "Returns", "Sort tickets", FEW, 46);
      lab.pool = List.of(Pool.SAME_NEED);
      RunResult result = lab.run(searching(), lab.request());

      List<Demonstration> praised = lab.runs.plan(result.runId()).orElseThrow().praised();

      assertThat(praised)
          .extracting(Demonstration::origin)
          .anyMatch(origin -> origin.startsWith("output of lineage A, version 1, scored"))
          .anyMatch(
              origin -> origin.startsWith("output of lineage B of session Returns, version 1"));
    }
  }

  @Test
  void a_session_that_is_not_there_is_named() {
    try (RunLab lab = new RunLab(folder, FEW)) {
      lab.pool = List.of("nowhere");
      assertThatThrownBy(() -> lab.run(searching(), lab.request()))
          .isInstanceOf(BridgeException.class)
          .hasMessageContaining("no such session");
      lab.pool = List.of(Pool.SAME_NEED);
      lab.run(searching(), lab.request());
      assertThat(notes(lab)).anyMatch(note -> note.startsWith("Nothing was pooled"));
    }
  }

  /** One with these of the triage inputs, each answered by a good agent and scored. */
  private static String session(RunLab lab, String name, String need, int from, int to) {
    try (CampFixture fixture = CampFixture.reopen(lab.camp)) {
      String session = fixture.session(name, need, null);
      String lineage = fixture.lineage(session, "B");
      RunLab.attempts(
          fixture,
          fixture.agent(lineage, RunLab.TRUTH.seedPrompt(SandboxDomain.TRIAGE)),
          RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, to).subList(from, to));
      return session;
    }
  }

  private static Set<String> sealed(RunLab lab, RunResult result) {
    return lab
        .runs
        .plan(result.runId())
        .orElseThrow()
        .split(lab.request())
        .orElseThrow()
        .sealed()
        .stream()
        .map(Task::input)
        .collect(Collectors.toSet());
  }

  private static List<String> notes(RunLab lab) {
    return lab.events.stream()
        .filter(RunEvent.Note.class::isInstance)
        .map(event -> ((RunEvent.Note) event).text())
        .toList();
  }

  private PromptOptimizer searching() {
    return RunLab.engine(
        (job, context) -> {
          remember(job.train(), job.validation());
          return RunLab.found(BEST);
        });
  }

  private void remember(List<Task> train, List<Task> validation) {
    train.forEach(task -> searched.add(task.input()));
    validation.forEach(task -> searched.add(task.input()));
  }
}
