package dev.lightningbridge.optimize;

import dev.lightningbridge.agent.ScriptedModel;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.grading.Rubric;
import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.grading.calibration.JudgeCalibration;
import dev.lightningbridge.grading.calibration.ScoredOutput;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.optimize.verdict.LevelSpending;
import dev.lightningbridge.optimize.verdict.SignFlips;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of a run where people have scored some outputs: the real test of a judge on their
 * scores, then, if it is trusted, the real sealed test on the judge's scores. Outputs, people and
 * judge are simulated; the judge sees an output's quality with its noise, and no plea moves it.
 */
public final class NewScores {
  private static final Rubric RUBRIC = new Rubric("Answers.", null, List.of(), List.of());
  private static final Pattern QUALITY = Pattern.compile("quality=([0-9.]+)");

  private final Opinions opinions;
  private final double judgeNoise;

  /**
   * @param judgeNoise of its scores, in points
   */
  public NewScores(double judgeNoise, long seed) {
    this.opinions = new Opinions(new Random(seed));
    this.judgeNoise = judgeNoise;
  }

  /** Whether a judge that is tested on so many people's scores may decide. */
  public boolean decides(int scores, long seed) {
    List<ScoredOutput> scored = new ArrayList<>();
    for (int i = 0; i < scores; i++) {
      double quality = opinions.quality(opinions.skill());
      scored.add(
          new ScoredOutput(
              "a" + i,
              "A",
              "input " + i,
              "no. %d, quality=%s".formatted(i, quality),
              opinions.score(quality, Opinions.PEOPLE),
              null));
    }
    CalibrationReport report =
        new JudgeCalibration(judge(), "judge", RUBRIC, 1, new Cancellation(), seed).run(scored);
    return report.trust().trusted();
  }

  /** Whether the first sealed test of a lineage promotes a prompt that is better by the effect. */
  public boolean promotes(int sealed, double effect, long seed) {
    double[] differences = new double[sealed];
    for (int i = 0; i < sealed; i++) {
      double skill = opinions.skill();
      double before = opinions.quality(skill);
      double after = opinions.quality(skill + effect);
      differences[i] =
          (opinions.score(after, judgeNoise) - opinions.score(before, judgeNoise)) / 9.0;
    }
    return SignFlips.pValue(differences, LevelSpending.first(), seed) <= LevelSpending.first();
  }

  private ScriptedModel judge() {
    return new ScriptedModel(
        request ->
            ScriptedModel.answer(
                "{\"score\": %d, \"reason\": \"so\"}"
                    .formatted(opinions.score(qualityIn(request), judgeNoise)),
                "stop"));
  }

  private static double qualityIn(ChatRequest request) {
    String user = request.body().path("messages").path(1).path("content").textValue();
    Matcher found = QUALITY.matcher(user.substring(user.indexOf("# Output")));
    if (!found.find()) {
      throw new IllegalStateException("the judge was shown no output: " + user);
    }
    return Double.parseDouble(found.group(1));
  }
}
