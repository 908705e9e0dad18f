package dev.lightningbridge.cli.terminal;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.RolloutCounts;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run on standard error: a bar where that is a terminal, else one line a step. Both tell
 * how long the phase will yet take and what was spent. Thread-safe.
 */
public final class ProgressDisplay implements RunEvent.Listener {
  private final PlainStream err;
  private final @Nullable ProgressBar bar;
  private final Pace pace;
  private final Predicate<String> asks;
  private int planned;
  private int done;
  private String counted = "rollouts";
  private RolloutCounts counts = RolloutCounts.NONE;
  private String step = "";
  private volatile Supplier<Spend> spent = () -> Spend.NOTHING;

  /**
   * @param bar null where standard error is no terminal
   * @param asks whether somebody is there and says yes to a question
   */
  public ProgressDisplay(
      PlainStream err, @Nullable ProgressBar bar, LongSupplier nanos, Predicate<String> asks) {
    this.err = err;
    this.bar = bar;
    this.pace = new Pace(nanos);
    this.asks = asks;
  }

  /** On the command's own standard error, of a run that nobody is asked about. */
  public static ProgressDisplay on(Console console) {
    return on(console, question -> false);
  }

  /** On the command's own standard error. */
  public static ProgressDisplay on(Console console, Predicate<String> asks) {
    return new ProgressDisplay(
        console.err(),
        Terminal.isThere() ? new ProgressBar(console.err(), Terminal.columns()) : null,
        System::nanoTime,
        asks);
  }

  @Override
  public void spending(Supplier<Spend> asked) {
    spent = asked;
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
        pace.step();
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
      case RunEvent.EditGuarded e -> step(e.words());
      case RunEvent.RoundFinished e ->
          line(
              "Round %d of %d: kept %s%s"
                  .formatted(e.round(), e.rounds(), String.join(", ", e.beam()), soFar()));
      case RunEvent.BestChanged e ->
          line(
              "Best so far: %s with mean reward %s on validation"
                  .formatted(e.candidate(), Figures.decimal(e.score())));
      case RunEvent.StartAtZero e -> {
        line(e.sentence());
        e.example().forEach(text -> line("  " + text));
      }
      case RunEvent.WentOnAtZero e -> line("The search goes on all the same.");
      case RunEvent.Note e -> line(e.text());
    }
  }

  @Override
  public synchronized boolean goesOn(RunEvent.StartAtZero start) {
    if (bar != null) {
      bar.clear();
    }
    boolean agreed =
        asks.test("There is nothing to tell better from worse by. Search all the same?");
    draw();
    return agreed;
  }

  private void phase(RunEvent.PhaseStarted event) {
    planned = event.plannedRollouts();
    done = 0;
    counts = RolloutCounts.NONE;
    step = "";
    pace.begin();
    counted =
        switch (event.name()) {
          case "judge" -> "judgements";
          case "train" -> "steps";
          default -> "rollouts";
        };
    line(
        switch (event.name()) {
          case "judge" -> "Comparing the judge with people: %d judgements".formatted(planned);
          case "test" -> "Opening the sealed test: %d rollouts".formatted(planned);
          case "train" -> "Training: %d steps".formatted(planned);
          default -> "Searching: about %d rollouts".formatted(planned);
        });
  }

  /** A line that stays. */
  public synchronized void line(String text) {
    if (bar != null) {
      bar.clear();
    }
    err.println(text);
    draw();
  }

  /** The run is over: the bar goes. */
  public synchronized void end() {
    if (bar != null) {
      bar.clear();
    }
    planned = 0;
  }

  private void rollout(RunEvent.RolloutFinished event) {
    counts = counts.plus(event);
    advance();
  }

  private void advance() {
    done++;
    pace.step();
    draw();
  }

  private void step(String text) {
    step = text;
    if (bar == null) {
      err.println("  " + text);
    } else {
      draw();
    }
  }

  private void draw() {
    if (bar == null || planned == 0) {
      return;
    }
    bar.draw(
        (double) done / planned,
        List.of(
            "%d/%d %s".formatted(done, Math.max(planned, done), counted),
            left(),
            spentInWords(),
            counts.plain() ? "" : counts.words(),
            step));
  }

  /** Where there is no bar that tells it all the time. */
  private String soFar() {
    String said =
        Stream.of(spentInWords(), left())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    return bar != null || said.isEmpty() ? "" : " (" + said + ")";
  }

  private String left() {
    return pace.left(planned - done)
        .map(time -> "about " + Figures.left(time) + " left")
        .orElse("");
  }

  private String spentInWords() {
    Spend all = spent.get();
    String calls = all.calls() == 0 ? "" : Figures.counted(all.calls(), "call");
    return all.usd() == 0 ? calls : Figures.usd(all.usd()) + " USD";
  }
}
