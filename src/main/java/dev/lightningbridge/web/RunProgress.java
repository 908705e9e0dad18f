package dev.lightningbridge.web;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.RolloutCounts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is, told from its events.
 *
 * @param phase what it does now, in words
 * @param counted what {@code done} and {@code planned} count
 * @param troubles how many rollouts were refused, cut off, empty or failed, in words; empty where
 *     none
 * @param share done in percent of what is planned, at most 100
 * @param best the best candidate so far with its score; null where nothing was measured yet
 */
record RunProgress(
    String phase,
    String counted,
    int done,
    int planned,
    String troubles,
    String share,
    @Nullable String best) {

  static RunProgress of(List<RunEvent> events) {
    String name = "";
    int planned = 0;
    int done = 0;
    RolloutCounts counts = RolloutCounts.NONE;
    String best = null;
    for (RunEvent event : events) {
      switch (event) {
        case RunEvent.PhaseStarted e -> {
          name = e.name();
          planned = e.plannedRollouts();
          done = 0;
          counts = RolloutCounts.NONE;
        }
        case RunEvent.RolloutFinished e -> {
          done++;
          counts = counts.plus(e);
        }
        case RunEvent.OutputJudged e -> done++;
        case RunEvent.TrainingStep e -> done = e.step();
        case RunEvent.BestChanged e -> best = e.candidate() + ": " + Figures.decimal(e.score());
        default -> {}
      }
    }
    double share = planned == 0 ? 0 : Math.min(100, 100.0 * done / planned);
    return new RunProgress(
        phase(name),
        counted(name),
        done,
        Math.max(planned, done),
        counts.plain() ? "" : counts.words(),
        String.format(Locale.ROOT, "%.1f", share),
        best);
  }

  private static String counted(String name) {
    return switch (name) {
      case "judge" -> "judgements";
      case "train" -> "steps";
      default -> "rollouts";
    };
  }

  private static String phase(String name) {
    return switch (name) {
      case "judge" -> "Comparing the judge with people";
      case "train" -> "Training";
      case "search" -> "Searching";
      case "test" -> "Opening the sealed test";
      default -> "Getting ready";
    };
  }
}
