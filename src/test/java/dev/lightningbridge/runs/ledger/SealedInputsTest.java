package dev.lightningbridge.runs.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.FormerSplit;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.runs.EvidenceStore;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.RunLab;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.TaskEvidence;
import dev.lightningbridge.runs.ending.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedInputsTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);

  private final Set<String> searched = new HashSet<>();

  @TempDir Path folder;

  @Test
  void another_seed_of_the_search_is_tested_on_the_same_tasks() {
    try (RunLab lab = new RunLab(folder, 40)) {
      Set<String> first = tested(lab);
      for (int seed = 1; seed < 5; seed++) {
        lab.seed = seed;
        assertThat(tested(lab)).isEqualTo(first);
      }
      assertThat(searched).isNotEmpty().doesNotContainAnyElementsOf(first);
    }
  }

  @Test
  void what_was_sealed_stays_sealed_in_a_session_that_grows() {
    try (RunLab lab = new RunLab(folder, 17)) {
      Set<String> first = tested(lab);
      List<String> inputs = RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 60);
      for (int size = 25; size <= 60; size += 7) {
        assertThat(tested(lab, given(inputs.subList(17, size)))).containsAll(first);
      }
      assertThat(searched).doesNotContainAnyElementsOf(first);
    }
  }

  @Test
  void a_new_wording_of_a_sealed_task_comes_into_no_search() {
    try (RunLab lab = new RunLab(folder, 40)) {
      Set<String> first = tested(lab);
      List<String> wordings =
          first.stream()
              .map(
                  input ->
                      "Re: " + input.replaceAll("Ticket #\\d+", "Ticket #77777") + "\n\nThanks!")
              .toList();

      assertThat(tested(lab, given(wordings))).containsAll(first);
      assertThat(searched).doesNotContainAnyElementsOf(wordings);
    }
  }

  @Test
  void another_seed_of_the_split_opens_other_tasks_and_searches_on_none_that_was_sealed() {
    try (RunLab lab = new RunLab(folder, 60)) {
      Set<String> first = tested(lab);
      searched.clear();
      lab.splitSeed = 5;

      Set<String> second = tested(lab);

      assertThat(second).isNotEqualTo(first);
      assertThat(searched).doesNotContainAnyElementsOf(first).doesNotContainAnyElementsOf(second);

      searched.clear();
      lab.splitSeed = 0;
      assertThat(tested(lab)).isEqualTo(first);
      assertThat(searched).doesNotContainAnyElementsOf(second);
    }
  }

  @Test
  void a_run_keeps_its_split_when_another_has_sealed_more_before_it_is_resumed() {
    try (RunLab lab = new RunLab(folder, 60)) {
      PromptOptimizer failing =
          RunLab.engine(
              (job, context) -> {
                remember(job.train(), job.validation());
                throw new IllegalStateException("broken off");
              });
      assertThatThrownBy(() -> lab.run(failing, lab.request())).hasMessageContaining("broken off");
      String id = lab.runs.newest(1).getFirst().id();
      Set<String> before = Set.copyOf(searched);
      lab.splitSeed = 5;
      tested(lab);

      searched.clear();
      lab.resume(searching(), id);

      assertThat(searched).isEqualTo(before);
    }
  }

  @Test
  void what_a_run_of_an_earlier_version_sealed_and_none_searched_on_stays_sealed()
      throws IOException {
    try (RunLab lab = new RunLab(folder, 40)) {
      FormerSplit first = former(lab, 3);
      FormerSplit second = former(lab, 4);
      migrated(lab);

      Set<InputKey> kept = new HashSet<>(first.sealed());
      kept.addAll(second.sealed());
      kept.removeAll(first.searched());
      kept.removeAll(second.searched());
      assertThat(kept).isNotEmpty();
      assertThat(keys(tested(lab))).containsAll(kept);
      assertThat(keys(searched)).isNotEmpty().doesNotContainAnyElementsOf(kept);
    }
  }

  @Test
  void one_seed_of_an_earlier_version_keeps_all_that_it_sealed() throws IOException {
    try (RunLab lab = new RunLab(folder, 40)) {
      FormerSplit only = former(lab, 3);
      migrated(lab);

      assertThat(keys(tested(lab))).containsAll(only.sealed());
    }
  }

  private static Set<InputKey> keys(Set<String> inputs) {
    return inputs.stream().map(InputKey::of).collect(Collectors.toSet());
  }

  /** A run as an earlier version left it: its plan says nothing of seals. */
  private FormerSplit former(RunLab lab, long seed) throws IOException {
    lab.seed = seed;
    String id = lab.optimization(searching()).enqueue(lab.request(), QueuePlace.LAST);
    RunPlan plan = lab.runs.plan(id).orElseThrow();
    ObjectNode written = (ObjectNode) Json.mapper().readTree(Json.write(plan));
    written.remove(List.of("seal", "places"));
    lab.database.useTransaction(
        handle ->
            handle.execute(
                "UPDATE runs SET state = 'held', queued = 0, plan_json = ? WHERE id = ?",
                written.toString(),
                id));
    return FormerSplit.of(plan.tasks(), SplitPlan.DEFAULT.withMaximumValidation(16), seed);
  }

  /** What the migration notes of runs that were there before it. */
  private static void migrated(RunLab lab) throws IOException {
    String sql =
        new String(
            RunLab.class.getResourceAsStream("/db/bridge/V18__opened_tasks.sql").readAllBytes(),
            StandardCharsets.UTF_8);
    int from = sql.indexOf("INSERT INTO seals_to_take_over");
    lab.database.useTransaction(
        handle -> handle.execute(sql.substring(from, sql.indexOf(';', from))));
  }

  private Set<String> tested(RunLab lab) {
    return tested(lab, null);
  }

  private Set<String> tested(RunLab lab, @Nullable Path tasks) {
    lab.acceptJudge = true;
    RunResult result = lab.run(searching(), lab.request(Limits.NONE, false, tasks));
    return new EvidenceStore(lab.database)
        .of(result.runId()).stream().map(TaskEvidence::input).collect(Collectors.toSet());
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

  /** A file of tasks beside what was captured. */
  private Path given(List<String> inputs) {
    try {
      return Files.writeString(
          folder.resolve("given.jsonl"),
          inputs.stream()
              .map(input -> Json.write(Map.of("id", InputKey.of(input).taskId(), "input", input)))
              .collect(Collectors.joining("\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
