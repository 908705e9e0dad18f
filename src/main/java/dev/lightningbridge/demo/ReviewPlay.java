package dev.lightningbridge.demo;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The person's side of a session that is being played: scores, corrections, words. */
final class ReviewPlay {
  private static final double SCORED = 0.87;
  private static final double CORRECTED = 0.12;
  private static final double COMMENTED = 0.18;
  private static final double DIRECTED_ONCE = 0.03;
  private static final double DIRECTED_FOR_GOOD = 0.01;

  private final CampPerson person;
  private final Reviewer reviewer;
  private final PlayTime time;
  private int scored;

  ReviewPlay(CampPerson person, Reviewer reviewer, PlayTime time) {
    this.person = person;
    this.reviewer = reviewer;
    this.time = time;
  }

  int scored() {
    return scored;
  }

  /** Scores the output, mostly; sometimes thinks again, comments or directs. */
  void review(AgentPlay.Run run) throws SQLException {
    SampleLineage.Artifact artifact = run.lineage().latest;
    if (artifact == null || run.execution().error() != null || !reviewer.feelsLike(SCORED)) {
      return;
    }
    time.passes(4_000, 25_000);
    String input = artifact.input();
    String output = artifact.output();
    int score = reviewer.score(input, output);
    String evaluation = person.score(run, artifact, score, time.now());
    @Nullable String comment = null;
    if (reviewer.feelsLike(COMMENTED)) {
      comment = reviewer.comment(input, output);
      person.comment(evaluation, comment);
    }
    if (reviewer.feelsLike(CORRECTED)) {
      time.passes(2_000, 9_000);
      score = reviewer.score(input, output);
      person.correct(evaluation, run, artifact, score, comment, time.now());
    }
    run.lineage().latest = artifact.scored(score, comment);
    scored++;
    direct(run.lineage(), input, output);
  }

  private void direct(SampleLineage lineage, String input, String output) throws SQLException {
    boolean once = reviewer.feelsLike(DIRECTED_ONCE);
    boolean forGood = reviewer.feelsLike(DIRECTED_FOR_GOOD);
    if (once || forGood) {
      reviewer
          .wish(input, output)
          .filter(w -> !lineage.sticky.contains(w) && !lineage.oneShot.contains(w))
          .ifPresent((forGood ? lineage.sticky : lineage.oneShot)::add);
      person.direct(lineage);
    }
  }
}
