package dev.lightningbridge.runs.ending;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.verdict.TestResult;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.RunSubject;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run by what it is compared with others: what it was asked to do, what it found and what it
 * took.
 *
 * @param subject null where the run's plan is of a release that kept none
 * @param result null until the run has one
 * @param spent so far
 */
public record ComparedRun(
    StoredRun run,
    @Nullable RunSubject subject,
    OptimizeRequest request,
    @Nullable RunResult result,
    Spend spent) {
  /** Reads it. */
  public static ComparedRun of(StoredRun run, RunStore runs) {
    String json = run.resultJson();
    return new ComparedRun(
        run,
        runs.subject(run.id()).orElse(null),
        Json.read(run.requestJson(), OptimizeRequest.class),
        json == null ? null : Json.read(json, RunResult.class),
        runs.spending().of(run.id()));
  }

  /** Session and lineage. */
  public String agent() {
    return subject == null
        ? "session " + run.sessionId()
        : "%s, lineage %s".formatted(subject.session(), subject.lineage());
  }

  /** The agent version that it starts from; "–" where that is not known. */
  public String version() {
    return subject == null ? "–" : String.valueOf(subject.version());
  }

  /** The database's name. */
  public String database() {
    return String.valueOf(Path.of(run.campPath()).getFileName());
  }

  /** What was compared on the sealed tasks; null where none of them was opened. */
  public @Nullable TestResult test() {
    return result == null ? null : result.test();
  }

  /** PROMOTE or HOLD; empty until there is one. */
  public Optional<String> verdict() {
    return Optional.ofNullable(result)
        .filter(r -> run.state() != RunState.CANCELLED)
        .map(r -> r.verdict().name());
  }

  /** What the mean reward gained on the sealed tasks; empty where nothing was measured. */
  public Optional<String> effect() {
    return Optional.ofNullable(test()).map(test -> Figures.signed(test.difference()));
  }

  /** The effect's interval with its confidence. */
  public Optional<String> interval() {
    return Optional.ofNullable(test())
        .map(
            test ->
                "%s to %s (%s %%)"
                    .formatted(
                        Figures.signed(test.ci().low()),
                        Figures.signed(test.ci().high()),
                        Figures.percent(test.confidence())));
  }

  /** US dollars; where no price is known, as many of them as were stated, or none. */
  public String cost() {
    if (run.sandbox()) {
      return "none, simulated";
    }
    boolean known =
        spent.calls() == 0 || (result != null && Boolean.TRUE.equals(result.spent().priceKnown()));
    return known
        ? Figures.usd(spent.usd()) + " USD"
        : spent.usd() > 0 ? "at least " + Figures.usd(spent.usd()) + " USD" : "no price known";
  }

  /** How it searched, or trained. */
  public String engine() {
    return request.training() == null && run.engine().equals("java")
        ? "java (%s)".formatted(request.strategy().name().toLowerCase(Locale.ROOT))
        : run.engine();
  }

  /** The models by role: those that were named, and the agent's own. */
  public Map<String, String> models() {
    Map<String, String> models = new TreeMap<>(request.models());
    if (run.sandbox()) {
      return Map.of("all", "sandbox");
    }
    if (subject != null) {
      models.putIfAbsent("worker", subject.model());
    }
    return models;
  }

  /** The same in words. */
  public String modelsInWords() {
    return models().entrySet().stream()
        .map(e -> (e.getKey().equals("worker") ? "agent" : e.getKey()) + ": " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Who graded; empty until that is known. */
  public Optional<String> grader() {
    return Optional.ofNullable(result).map(RunResult::grader);
  }
}
