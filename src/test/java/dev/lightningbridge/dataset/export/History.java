package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.ModelSettings;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.TrainingEvent;
import dev.lightningbridge.dataset.InMemoryCorpus;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** What happened in a database, step by step, so that a test can stop after any of them. */
record History(List<Step> steps) {
  /** One step: a run of the agent, or a score for an earlier output. */
  sealed interface Step {
    /** How many milliseconds after the step before; often none. */
    int after();

    /**
     * @param told whether an event tells of it, as of all but some failed runs
     */
    record Run(int after, int input, boolean failed, boolean told) implements Step {}

    record Scored(int after, int attempt, int score, boolean told) implements Step {}
  }

  static Arbitrary<History> any() {
    Arbitrary<Integer> after = Arbitraries.of(0, 0, 0, 1, 7);
    Arbitrary<Step> run =
        Combinators.combine(
                after,
                Arbitraries.integers().between(0, 4),
                Arbitraries.of(false, false, false, true),
                Arbitraries.of(true, true, false))
            .as(Step.Run::new);
    Arbitrary<Step> scored =
        Combinators.combine(
                after,
                Arbitraries.integers().between(0, 20),
                Arbitraries.integers().between(1, 10),
                Arbitraries.of(true, true, false))
            .as(Step.Scored::new);
    return Arbitraries.oneOf(run, scored).list().ofMaxSize(40).map(History::new);
  }

  /** The database after so many steps. */
  InMemoryCorpus after(int count) {
    InMemoryCorpus corpus = InMemoryCorpus.withAgent("Answer.");
    List<Attempt> attempts = new ArrayList<>();
    long now = InMemoryCorpus.NOON + 1_000;
    long row = 0;
    for (Step step : steps.subList(0, count)) {
      now += step.after();
      switch (step) {
        case Step.Run run -> {
          String id = "a" + attempts.size();
          String event = run.told() ? "done-" + ++row : null;
          if (event != null) {
            corpus.addEvent(event(row, event, now, "attempt.completed", null, "{}"));
          }
          attempts.add(attempt(id, run, event, now));
        }
        case Step.Scored scored -> {
          List<Integer> outputs = scorable(attempts);
          if (!outputs.isEmpty()) {
            int which = outputs.get(scored.attempt() % outputs.size());
            Attempt attempt = attempts.get(which);
            boolean told = scored.told() || attempt.score() != null;
            String event = told ? "score-" + ++row : null;
            if (event != null) {
              corpus.addEvent(
                  event(
                      row,
                      event,
                      now,
                      "artifact.scored",
                      attempt.artifactId(),
                      "{\"score\":" + scored.score() + "}"));
            }
            attempts.set(which, scored(attempt, new Score(scored.score(), null, event, now)));
          }
        }
      }
    }
    attempts.forEach(corpus::attempt);
    return corpus;
  }

  /** The app records every change of a score; one without its event is old and stays as it is. */
  private static List<Integer> scorable(List<Attempt> attempts) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      boolean isUntold = attempt.score() != null && attempt.score().eventId() == null;
      if (attempt.output() != null && !isUntold) {
        found.add(i);
      }
    }
    return found;
  }

  private static Attempt attempt(String id, Step.Run run, @Nullable String event, long now) {
    return new Attempt(
        id,
        "rollout-of-" + id,
        "L1",
        "S1",
        1,
        run.failed() ? AttemptKind.FAILED : AttemptKind.UNSCORED,
        "A1",
        1,
        "Answer.",
        "input " + run.input(),
        run.failed() ? null : "output of " + id,
        run.failed() ? "no answer" : null,
        new ModelSettings("m", null, null, null),
        null,
        run.failed() ? null : "artifact-" + id,
        event,
        now,
        1L);
  }

  private static Attempt scored(Attempt a, Score score) {
    return new Attempt(
        a.id(),
        a.rolloutId(),
        a.lineageId(),
        a.sessionId(),
        a.cycle(),
        AttemptKind.SCORED,
        a.agentVersionId(),
        a.agentVersionNumber(),
        a.systemPrompt(),
        a.input(),
        a.output(),
        a.error(),
        a.model(),
        score,
        a.artifactId(),
        a.eventId(),
        a.startedAt(),
        a.durationMs());
  }

  /** The clock may have been set back: only the row tells which event came later. */
  private static TrainingEvent event(
      long row, String id, long now, String type, @Nullable String artifactId, String payload) {
    long timestamp = row % 5 == 0 ? now - 500 : now;
    return new TrainingEvent(
        row,
        id,
        timestamp,
        type,
        1,
        "S1",
        "L1",
        null,
        artifactId,
        null,
        "hash",
        List.of(),
        payload);
  }
}
