package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.InputShape;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.work.Optimization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenTasksTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);

  @TempDir Path folder;

  private Path conversations() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String input : RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 40).subList(3, 40)) {
      lines.append(
          """
          {"input":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes?"},\
          {"role":"user","content":%s}],"checks":[{"contains":"priority"}],"expcted":"x"}
          """
              .formatted(Json.write(input)));
    }
    return Files.writeString(folder.resolve("tasks.jsonl"), lines);
  }

  @Test
  void conversations_reach_engine_and_sealed_test_and_a_rule_leaves_captured_inputs_out()
      throws IOException {
    try (RunLab lab = new RunLab(folder, 3)) {
      Path tasks = conversations();
      List<List<String>> roles = new ArrayList<>();
      OptimizeRequest request = lab.request(Limits.NONE, false, tasks);
      OptimizeRequest contains =
          lab.request(request.model(), "contains", Limits.NONE, false, tasks, 0);

      RunResult result =
          lab.run(
              RunLab.engine(
                  (job, context) -> {
                    try {
                      context
                          .rollouts()
                          .run(job.seedPrompt(), job.train().getFirst())
                          .messages()
                          .forEach(m -> roles.add(List.of(m.role())));
                    } catch (ModelException e) {
                      throw new IllegalStateException(e);
                    }
                    assertThat(job.train())
                        .allMatch(t -> t.shape() instanceof InputShape.Chat)
                        .allMatch(t -> t.source() == TaskSource.PROVIDED);
                    return RunLab.found(BEST);
                  }),
              contains);

      assertThat(roles)
          .containsExactly(
              List.of("system"),
              List.of("user"),
              List.of("assistant"),
              List.of("user"),
              List.of("assistant"));
      assertThat(result.tasks().test()).isPositive();
      assertThat(notes(lab))
          .anyMatch(n -> n.equals("37 tasks were read from tasks.jsonl, as JSON Lines."))
          .anyMatch(n -> n.contains("\"expcted\" is no member") && n.contains("\"expected\"?"))
          .anyMatch(n -> n.startsWith("3 captured inputs are left out, since grader contains"));
    }
  }

  @Test
  void auto_names_the_captured_input_that_makes_a_judge_grade_and_without_them_a_rule_does()
      throws IOException {
    try (RunLab lab = new RunLab(folder, 3)) {
      Path tasks = conversations();
      Optimization optimization = lab.optimization(lab.finding(BEST));

      assertThat(optimization.notes(lab.request(Limits.NONE, false, tasks)))
          .anyMatch(n -> n.startsWith("Grader auto is the judge: a captured input has neither"));

      lab.onlyGivenTasks = true;
      assertThat(optimization.notes(lab.request(Limits.NONE, false, tasks)))
          .contains("Grader auto is checks: all 37 tasks have an expected output or checks.");
    }
  }

  private static List<String> notes(RunLab lab) {
    return lab.events.stream()
        .filter(RunEvent.Note.class::isInstance)
        .map(e -> ((RunEvent.Note) e).text())
        .toList();
  }
}
