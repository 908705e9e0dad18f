package dev.lightningbridge.web;

import dev.lightningbridge.corpus.GivenScore;
import dev.lightningbridge.grading.calibration.TrustPolicy;
import dev.lightningbridge.runs.people.Scoring;
import dev.lightningbridge.runs.people.SessionOutput;
import dev.lightningbridge.runs.report.Text;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The output to be scored.
 *
 * @param output null where none is left
 * @param needed scores that a test of a judge needs
 * @param skipped ids, separated by commas
 * @param last the output that was scored before; null where none was
 * @param said what became of that one; null where there is nothing to say
 */
record CardView(
    @Nullable SessionOutput output,
    @Nullable String outputText,
    long scored,
    int unscored,
    int needed,
    String skipped,
    @Nullable String last,
    @Nullable String said) {
  static CardView of(
      @Nullable SessionOutput output,
      Scoring.Next next,
      String skipped,
      @Nullable String last,
      @Nullable String said) {
    return new CardView(
        output,
        output == null ? null : Text.whole(output.output()),
        next.scored(),
        next.unscored(),
        TrustPolicy.FEWEST_OUTPUTS,
        skipped,
        last,
        said);
  }

  public List<Integer> scores() {
    return IntStream.rangeClosed(GivenScore.LEAST, GivenScore.MOST).boxed().toList();
  }

  /** The output's id behind those that were skipped before. */
  public String andThis() {
    return output == null ? skipped : skipped.isEmpty() ? output.id() : skipped + "," + output.id();
  }
}
