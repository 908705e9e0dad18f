package dev.lightningbridge.runs.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.WholeFile;
import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.findings.Source;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.optimize.verdict.PairedRollout;
import dev.lightningbridge.optimize.verdict.RunRollouts;
import dev.lightningbridge.optimize.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private final HtmlReport report = new HtmlReport();

  @Test
  void a_run_is_told_with_its_verdict_prompts_tasks_search_and_spending() throws Exception {
    String html = report.render(ReportSample.sandbox());

    assertThat(html)
        .contains(
            "Support ticket triage, lineage B", ">Promote<", "The new prompt is better: on 19")
        .contains("No language model was asked")
        .contains("scripts/bridge promote 01JD8Z9P")
        .contains("Critique that led to it", "the answer is prose".substring(11))
        .contains("472 of 1,000 calls", "No result: no answer in 60 s", "synthetic")
        .contains("2026-11-24 08:12:03 UTC to 2026-11-24 08:13:01 UTC (58 s)")
        .contains("What became of the rollouts", "New prompt, sealed test</th><td class=\"n\">20<")
        .contains("<polyline class=\"best\"", "Mean reward (0 to 1)", "Round");
    WholeFile.write(
        Path.of("target/report/run.html"), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void the_worst_loss_comes_first_and_what_was_left_out_last() {
    List<TaskRow> rows = TaskRow.of(ReportSample.sandbox().pairs());

    assertThat(rows.get(0).kind()).isEqualTo("worse");
    assertThat(rows.get(rows.size() - 1).kind()).isEqualTo("excluded");
    assertThat(rows.get(rows.size() - 1).now().reward()).isEqualTo("–");
  }

  @Test
  void the_file_loads_nothing_and_runs_nothing() {
    String html = report.render(ReportSample.sandbox());

    assertThat(html)
        .contains("default-src 'none'; style-src 'sha256-")
        .doesNotContain("<script", "<link", "<img", "<iframe", "@import", "url(", " style=")
        .doesNotContainPattern("(?i)\\s(src|href|on\\w+)=");
  }

  @Test
  void tasks_that_got_worse_come_first_with_both_outputs_and_groups_say_which_lost() {
    ReportData sample = ReportSample.sandbox();
    List<PairedRollout> pairs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Task task =
          new Task(
              "t" + i, "in", null, List.of(), null, TaskSource.PROVIDED, i < 6 ? "law" : "tax");
      pairs.add(
          new PairedRollout(
              task,
              ReportSample.rollout(task, "p", "old " + i, new Outcome.Rewarded(0.5, "fine")),
              ReportSample.rollout(
                  task, "q", "new " + i, new Outcome.Rewarded(i < 6 ? 0.2 : 0.9, "see"))));
    }
    String html = report.render(ReportSample.with(sample, pairs));
    assertThat(html)
        .containsPattern("law</th><td class=\"n\">6</td>.*−0.30.*significantly worse, p = 0.016")
        .containsPattern("tax</th><td class=\"n\">6</td>.*\\+0.40");
    assertThat(html.indexOf("<code>t0</code>")).isLessThan(html.indexOf("<code>t6</code>"));
    assertThat(html).contains("old 0", "new 0", "<span class=\"tag\" dir=\"auto\">law</span>");
  }

  @Test
  void texts_from_outside_are_only_ever_text() {
    String evil = "</pre></style><script>alert(1)</script><img src=x onerror=\"alert('2')\">&lt;";
    String template = "{page.title} {#for a in b} {evil:x} {{x}} ${x} {x.__class__}";
    String bidi = "safe \u202Eevil\u2066 \u0000\u001b[31m 🚀";
    String all = evil + template + bidi;
    ReportData sample = ReportSample.sandbox();
    Task task = new Task(all, all, Expected.ofText(all), List.of(), null, TaskSource.CAPTURED, all);
    ReportData hostile =
        new ReportData(
            new ReportData.Subject(all, all, all, all, all, all, 1),
            new ReportData.Run(
                all,
                all,
                all,
                new ReportData.Judge(all, false, false, all, null, false, false, all),
                1,
                sample.run().settings(),
                new ReportData.TaskCounts(1, 1, 1, 1),
                RunRollouts.NONE,
                all,
                Instant.EPOCH,
                Instant.EPOCH),
            false,
            new Verdict(
                Verdict.Decision.HOLD, Verdict.Reason.NOT_SIGNIFICANT, all, List.of(all), null),
            List.of(
                new Finding(
                    all,
                    Finding.Kind.QUOTE,
                    all,
                    all,
                    new Finding.Place(Finding.Place.In.PROMPT, 0, all.length()),
                    new Source(all, all),
                    all)),
            new ReportData.Prompts(all, all + "!", all),
            List.of(
                new ReportData.Candidate(all, null, 0, all, all),
                new ReportData.Candidate("v1", all, 1, all + "!", all)),
            List.of(new ReportData.Evaluation(all, 0, "validation", 8, 0, 0.5)),
            List.of(
                new PairedRollout(
                    task,
                    ReportSample.rollout(task, all, all, new Outcome.Rewarded(0.5, all)),
                    ReportSample.rollout(
                        task,
                        all,
                        all,
                        new Outcome.AgentFailed(new Failure("REFUSED", "worker", all, ""))))),
            new ReportData.Spending(List.of(), Limits.NONE),
            new ReportData.Next(all, all),
            new ReportData.Promotion(all, all, 2, Instant.EPOCH, List.of(all), all));

    String html = report.render(hostile);

    assertThat(html)
        .doesNotContain("<script", "<img", "</pre></style>", "\u202E", "\u2066", "\u0000", "\u001b")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&quot;alert(&#39;2&#39;)&quot;")
        .contains("&amp;lt;", template, "safe [U+202E]evil[U+2066] [U+0000][U+001B][31m 🚀");
    assertThat(Pattern.compile("</style>").matcher(html).results()).hasSize(1);
  }

  @Test
  void a_trained_model_is_not_told_of_as_a_prompt() {
    ReportData sample = ReportSample.sandbox();
    ReportData trained =
        new ReportData(
            sample.subject(),
            sample.run(),
            false,
            sample.verdict(),
            List.of(),
            new ReportData.Prompts("Same.", "Same.", "v1", "The new model is small-sft-1."),
            sample.candidates(),
            sample.evaluations(),
            sample.pairs(),
            sample.spending(),
            null,
            null);

    assertThat(report.render(trained))
        .contains(
            "What changed in the model",
            "The new model is small-sft-1.",
            ">Trained model<",
            ">Base model<")
        .doesNotContain("the search found no prompt", ">New prompt<", ">Current prompt<");
  }

  @Test
  void a_run_that_found_nothing_and_tested_nothing_is_told_plainly() {
    ReportData sample = ReportSample.sandbox();
    ReportData nothing =
        new ReportData(
            sample.subject(),
            sample.run(),
            false,
            Verdict.samePrompt(),
            List.of(),
            new ReportData.Prompts("Same.", "Same.", "v0"),
            List.of(new ReportData.Candidate("v0", null, 0, "Same.", null)),
            List.of(),
            List.of(),
            new ReportData.Spending(List.of(), Limits.NONE),
            null,
            null);

    String html = report.render(nothing);

    assertThat(html)
        .contains(">Hold<", "Nothing: the search found no prompt", "was not opened")
        .contains("No candidate was measured", "No limit was set.")
        .doesNotContain("Simulated.", "The whole new prompt");
  }

  @Test
  void promotion_and_its_undoing_stand_in_the_verdict() {
    ReportData sample = ReportSample.sandbox();
    ReportData promoted =
        new ReportData(
            sample.subject(),
            sample.run(),
            true,
            sample.verdict(),
            sample.findings(),
            sample.prompts(),
            sample.candidates(),
            sample.evaluations(),
            sample.pairs(),
            sample.spending(),
            null,
            new ReportData.Promotion(
                "01JD9",
                "a-new-id",
                4,
                Instant.parse("2026-11-24T09:00:00Z"),
                List.of("2 events"),
                "scripts/bridge rollback 01JD9"));

    assertThat(report.render(promoted))
        .contains("Written as agent version 4 (<code>a-new-id</code>) on 2026-11-24 09:00:00 UTC")
        .contains("scripts/bridge rollback 01JD9", "<li>2 events</li>");
  }

  @Test
  void the_file_is_written_whole(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("reports/run.html");

    report.write(file, ReportSample.sandbox());

    assertThat(Files.readString(file)).endsWith("</html>\n");
  }
}
