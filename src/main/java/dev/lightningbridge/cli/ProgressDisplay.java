package dev.lightningbridge.cli;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.RolloutCounts;
import dev.lightningbridge.optimize.RunEvent;
import java.util.Locale;

/**
 * Shows a run on standard error: a bar where that is a terminal, else one line a step. Thread-safe.
 */
final class ProgressDisplay implements RunEvent.Listener {
  private static final int BAR = 28;

  private final PlainStream err;
  private final boolean terminal;
  private int planned;
  private int done;
  private String counted = "rollouts";
  private RolloutCounts counts = RolloutCounts.NONE;
  private String step = "";
  private boolean barShown;

  ProgressDisplay(PlainStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** Whether standard error is a terminal, as scripts/bridge found. */
  static boolean isTerminal() {
    return "1".equals(System.getenv("LIGHTNING_BRIDGE_TTY"));
  }

  @Override
  public synchronized void on(RunEvent event) {
    switch (event) {
      case RunEvent.Resumed e -> line("Going on from the journal; no finished call is repeated.");
      case RunEvent.PhaseStarted e -> phase(e);
      case RunEvent.EngineStarted e -> line("Engine %s: %s".formatted(e.engine(), e.detail()));
      case RunEvent.RolloutFinished e -> rollout(e);
      case RunEvent.OutputJudged e -> advance();
      case RunEvent.TrainingStep e -> {
        done = e.step();
        step("step %d of %d: %s".formatted(e.step(), e.of(), e.words()));
      }
      case RunEvent.Evaluated e ->
          step(
              "%s on %d %s tasks: mean reward %s%s"
                  .formatted(
                      e.candidate(),
                      e.tasks(),
                      e.purpose(),
                      Figures.decimal(e.mean()),
                      e.failures() == 0 ? "" : ", %d failed".formatted(e.failures())));
      case RunEvent.Critiqued e -> step("critique of " + e.candidate());
      case RunEvent.CandidateMade e -> {
        if (e.parent() != null) {
          step(e.candidate() + " from " + e.parent());
        }
      }
      case RunEvent.RoundFinished e ->
          line(
              "Round %d of %d: kept %s"
                  .formatted(e.round(), e.rounds(), String.join(", ", e.beam())));
      case RunEvent.BestChanged e ->
          line(
              "Best so far: %s with mean reward %s on validation"
                  .formatted(e.candidate(), Figures.decimal(e.score())));
      case RunEvent.Note e -> line(e.text());
    }
  }

  private void phase(RunEvent.PhaseStarted event) {
    planned = event.plannedRollouts();
    done = 0;
    counts = RolloutCounts.NONE;
    step = "";
    counted =
        switch (event.name()) {
          case "judge" -> "judgements";
          case "train" -> "steps";
          default -> "rollouts";
        };
    line(
        switch (event.name()) {
          case "judge" -> "Holding the judge against people: %d judgements".formatted(planned);
          case "test" -> "Opening the sealed test: %d rollouts".formatted(planned);
          case "train" -> "Training: %d steps".formatted(planned);
          default -> "Searching: about %d rollouts".formatted(planned);
        });
  }

  /** A line that stays. */
  synchronized void line(String text) {
    clearBar();
    err.println(text);
    drawBar();
  }

  /** The run is over: the bar goes. */
  synchronized void end() {
    clearBar();
    planned = 0;
  }

  private void rollout(RunEvent.RolloutFinished event) {
    counts = counts.plus(event);
    advance();
  }

  private void advance() {
    done++;
    clearBar();
    drawBar();
  }

  private void step(String text) {
    step = text;
    if (terminal) {
      clearBar();
      drawBar();
    } else {
      err.println("  " + text);
    }
  }

  private void drawBar() {
    if (!terminal || planned == 0) {
      return;
    }
    int full = Math.min(BAR, BAR * done / planned);
    String failed = counts.plain() ? "" : " · " + counts.words();
    String bar =
        String.format(
            Locale.ROOT,
            "[%s%s] %d/%d %s%s · %s",
            "█".repeat(full),
            "░".repeat(BAR - full),
            done,
            Math.max(planned, done),
            counted,
            failed,
            step);
    err.print(bar.length() > 110 ? bar.substring(0, 109) + "…" : bar);
    err.flush();
    barShown = true;
  }

  private void clearBar() {
    if (barShown) {
      err.command("\r\u001b[2K");
      barShown = false;
    }
  }
}
