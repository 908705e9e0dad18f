package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.OptimizationJob;

/**
 * The Java engine's own search: races of revisions ({@link Championship}), or of sets of examples
 * where nobody writes critiques ({@link DrawnSearch}).
 */
final class Racing implements EngineSearch {
  private final RacingSettings settings;

  Racing(RacingSettings settings) {
    this.settings = settings;
  }

  @Override
  public Plan plan(OptimizationJob job) {
    ApoSettings beam = job.settings();
    Integer asked = settings.calls();
    long calls =
        asked != null
            ? asked
            : beam.plannedRollouts(job.train().size(), job.validation().size())
                + (job.means().letters() ? beam.plannedOptimizerCalls() : 0);
    String description =
        job.means().letters()
            ? "racing, %d challengers at a time, %d calls at most"
                .formatted(settings.challengers(), calls)
            : "racing of examples, no critic, %d calls at most".formatted(calls);
    return new Plan(description, true, calls);
  }

  @Override
  public void search(OptimizationJob job, Workbench bench, Choices choices) throws SearchStopped {
    if (job.means().letters()) {
      new Championship(settings, job, bench, choices).run();
    } else {
      new DrawnSearch(job, bench, choices).run();
    }
  }
}
