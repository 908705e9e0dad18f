package dev.lightningbridge.web;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.report.PromptDiff;
import dev.lightningbridge.runs.report.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One candidate of a run.
 *
 * @param diff against its parent; null for the current prompt
 * @param scores each a sentence
 */
record CandidateView(
    String name,
    @Nullable String parent,
    int round,
    String prompt,
    @Nullable String critique,
    @Nullable PromptDiff diff,
    List<String> scores) {

  /** Empty where the run has no such candidate. */
  static Optional<CandidateView> of(String name, List<RunEvent> events) {
    RunEvent.CandidateMade made = made(name, events);
    if (made == null) {
      return Optional.empty();
    }
    RunEvent.CandidateMade parent = made.parent() == null ? null : made(made.parent(), events);
    List<String> scores = new ArrayList<>();
    for (RunEvent event : events) {
      if (event instanceof RunEvent.Evaluated e && e.candidate().equals(name)) {
        scores.add(
            "Round %d, %d %s tasks: mean reward %s"
                .formatted(
                    e.round(),
                    e.tasks(),
                    e.purpose(),
                    Double.isNaN(e.mean()) ? "unknown" : Figures.decimal(e.mean())));
      }
    }
    return Optional.of(
        new CandidateView(
            name,
            made.parent(),
            made.round(),
            made.prompt(),
            Text.whole(made.critique()),
            parent == null ? null : PromptDiff.of(parent.prompt(), made.prompt()),
            scores));
  }

  private static RunEvent.@Nullable CandidateMade made(
      @Nullable String name, List<RunEvent> events) {
    for (RunEvent event : events) {
      if (event instanceof RunEvent.CandidateMade made && made.candidate().equals(name)) {
        return made;
      }
    }
    return null;
  }
}
