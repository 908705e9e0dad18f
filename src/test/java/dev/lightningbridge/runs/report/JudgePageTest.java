package dev.lightningbridge.runs.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.grading.calibration.Persuasion;
import dev.lightningbridge.grading.calibration.PleaKind;
import dev.lightningbridge.grading.calibration.SandboxScores;
import dev.lightningbridge.grading.calibration.ScoredOutput;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.model.sandbox.JudgeHabit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgePageTest {
  private final HtmlReport report = new HtmlReport();

  private static JudgeData data(String name, CalibrationReport calibration) {
    return new JudgeData(
        "data/camp.db",
        "5b0c2a52-6c1e-4f6e-9c1e-0d6f0b8a5a11",
        name,
        "sandbox-judge",
        true,
        calibration,
        new Spend(144, 80_000, 6_000, 0),
        7,
        Instant.parse("2026-11-24T09:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"careful", "noisy", "coin-flip", "length-loving", "talkable"})
  void a_judge_is_shown_beside_people_and_baselines(String habit) throws Exception {
    JudgeData data =
        data("Support ticket triage", SandboxScores.report(JudgeHabit.named(habit), 120));

    String html = report.render(data);

    assertThat(html)
        .contains("Judge of Support ticket triage", "The judge", "Always the mean")
        .contains("Length of the text", "Bias by people’s score", "The worst disagreements")
        .contains("Can it be talked into a score?", "a made-up answer of the judge")
        .contains("class=\"bubble\"", "No language model was asked")
        .contains(data.report().trust().trusted() ? ">Trusted<" : ">Not trusted<")
        .doesNotContain("<script", "NaN");
    report.write(Path.of("target/report/judge-" + habit + ".html"), data);
  }

  @Test
  void outputs_comments_and_reasons_are_only_ever_text() throws Exception {
    CalibrationReport real = SandboxScores.report(JudgeHabit.named("coin-flip"), 60);
    String evil = "</pre><script>alert(1)</script>{data.seed}";
    CalibrationReport hostile =
        new CalibrationReport(
            real.trust(),
            real.shown(),
            real.n(),
            real.failures(),
            false,
            real.judge(),
            real.correction(),
            real.alwaysTheMean(),
            real.lengthOfText(),
            real.length(),
            real.lineages(),
            real.pairsInOrder(),
            real.pairs(),
            null,
            real.bands(),
            null,
            new Persuasion(1, 1, 9, 0, List.of(new Persuasion.Kind(PleaKind.ORDER, 1, 9, 9, evil))),
            real.points(),
            List.of(
                new CalibrationReport.Judged(
                    new ScoredOutput(evil, evil, evil, evil, 1, evil), 10, evil)));

    assertThat(report.render(data(evil, hostile)))
        .doesNotContain("<script")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;{data.seed}")
        .contains("The budget ran out before all outputs were judged");
  }
}
