package dev.lightningbridge.runs.ending;

import dev.lightningbridge.common.CsvLine;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.verdict.TestResult;
import dev.lightningbridge.runs.EvidenceStore;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.RunSubject;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.TaskEvidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs side by side.
 *
 * @param runs in the order in which they were asked for; {@code winners} what the winner of each
 *     did against that of the first
 */
public record RunComparison(List<ComparedRun> runs, List<Optional<Against>> winners) {
  private static final String NOTHING = "–";

  /**
   * What a winner did against another run's on the sealed tasks that both were tested on.
   *
   * @param tasks how many; at least one
   * @param difference of the mean rewards there
   */
  public record Against(int tasks, double difference) {
    String words() {
      return "%s on %s"
          .formatted(Figures.signed(difference), Figures.counted(tasks, "common task"));
    }

    static Optional<Against> of(Map<String, Double> one, Map<String, Double> first) {
      List<Double> differences = new ArrayList<>();
      one.forEach(
          (input, reward) -> {
            Double other = first.get(input);
            if (other != null) {
              differences.add(reward - other);
            }
          });
      return differences.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Against(
                  differences.size(),
                  differences.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
    }
  }

  /** A row of the table. */
  public record Row(String name, List<String> cells) {}

  /**
   * Reads them.
   *
   * @throws dev.lightningbridge.common.BridgeException LB-7106 where one is not there
   */
  public static RunComparison of(List<String> ids, RunStore runs, EvidenceStore evidence) {
    List<ComparedRun> compared =
        ids.stream().map(id -> ComparedRun.of(runs.get(id), runs)).toList();
    List<Map<String, Double>> rewards = ids.stream().map(id -> rewards(evidence.of(id))).toList();
    List<Optional<Against>> winners = new ArrayList<>();
    for (Map<String, Double> each : rewards) {
      winners.add(winners.isEmpty() ? Optional.empty() : Against.of(each, rewards.getFirst()));
    }
    return new RunComparison(compared, winners);
  }

  /** The winner's rewards by input. */
  private static Map<String, Double> rewards(List<TaskEvidence> tasks) {
    return tasks.stream()
        .filter(task -> task.winner().reward() != null)
        .collect(
            Collectors.toMap(
                TaskEvidence::input,
                task -> Objects.requireNonNull(task.winner().reward()),
                (a, b) -> a));
  }

  /** A row for each figure, a column for each run. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(row("Agent", ComparedRun::agent));
    rows.add(row("From version", ComparedRun::version));
    rows.add(row("State", run -> run.run().state().text().replace('_', ' ')));
    rows.add(row("Verdict", run -> run.verdict().orElse(NOTHING)));
    rows.add(row("Effect", run -> run.effect().orElse(NOTHING)));
    rows.add(row("Interval", run -> run.interval().orElse(NOTHING)));
    rows.add(measured("Current prompt", test -> Figures.decimal(test.baselineMean())));
    rows.add(measured("Winner", test -> Figures.decimal(test.winnerMean())));
    rows.add(measured("Sealed tasks", test -> Figures.count(test.n())));
    rows.add(
        new Row(
            "Winner against the first",
            winners.stream().map(w -> w.map(Against::words).orElse(NOTHING)).toList()));
    rows.add(row("Calls", run -> Figures.count(run.spent().calls())));
    rows.add(row("Tokens", run -> Figures.count(run.spent().tokens())));
    rows.add(row("Cost", ComparedRun::cost));
    rows.add(row("Engine", ComparedRun::engine));
    rows.add(row("Grader", run -> run.grader().orElse(NOTHING)));
    rows.add(row("Models", ComparedRun::modelsInWords));
    rows.add(row("Seed", run -> String.valueOf(run.request().seed())));
    rows.add(row("Seed of the split", run -> String.valueOf(run.request().splitSeed())));
    return rows;
  }

  private Row row(String name, Function<ComparedRun, String> cell) {
    return new Row(name, runs.stream().map(cell).toList());
  }

  private Row measured(String name, Function<TestResult, String> cell) {
    return row(name, run -> Optional.ofNullable(run.test()).map(cell).orElse(NOTHING));
  }

  /** The runs as documents, an entry for each figure, in one order; what is not known is null. */
  public List<Map<String, @Nullable Object>> documents() {
    return Stream.iterate(0, i -> i < runs.size(), i -> i + 1)
        .map(i -> document(runs.get(i), winners.get(i).orElse(null)))
        .toList();
  }

  private static Map<String, @Nullable Object> document(
      ComparedRun compared, @Nullable Against winner) {
    StoredRun run = compared.run();
    RunSubject subject = compared.subject();
    TestResult test = compared.test();
    Long finished = run.finishedAt();
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("runId", run.id());
    row.put("session", subject == null ? null : subject.session());
    row.put("lineage", subject == null ? null : subject.lineage());
    row.put("version", subject == null ? null : subject.version());
    row.put("db", run.campPath());
    row.put("state", run.state().text());
    row.put("verdict", compared.verdict().orElse(null));
    row.put("effect", test == null ? null : test.difference());
    row.put("low", test == null ? null : test.ci().low());
    row.put("high", test == null ? null : test.ci().high());
    row.put("confidence", test == null ? null : test.confidence());
    row.put("p", test == null ? null : test.p());
    row.put("baselineMean", test == null ? null : test.baselineMean());
    row.put("winnerMean", test == null ? null : test.winnerMean());
    row.put("sealedTasks", test == null ? null : test.n());
    row.put("againstFirst", winner == null ? null : winner.difference());
    row.put("commonTasks", winner == null ? null : winner.tasks());
    row.put("calls", compared.spent().calls());
    row.put("tokens", compared.spent().tokens());
    row.put("usd", compared.spent().usd());
    row.put("engine", run.engine());
    row.put("sandbox", run.sandbox());
    row.put("grader", compared.grader().orElse(null));
    row.put("models", compared.models());
    row.put("seed", compared.request().seed());
    row.put("splitSeed", compared.request().splitSeed());
    row.put("startedAt", Instant.ofEpochMilli(run.createdAt()).toString());
    row.put("endedAt", finished == null ? null : Instant.ofEpochMilli(finished).toString());
    return row;
  }

  /** The documents as CSV (RFC 4180), with a line of names, a line a run; models as in words. */
  public String csv() {
    List<Map<String, @Nullable Object>> all = documents();
    Stream<String> names = Stream.of(CsvLine.of(all.getFirst().keySet()));
    Stream<String> lines =
        Stream.iterate(0, i -> i < runs.size(), i -> i + 1)
            .map(
                i -> {
                  Map<String, @Nullable Object> row = new LinkedHashMap<>(all.get(i));
                  row.put("models", runs.get(i).modelsInWords());
                  return CsvLine.of(row.values());
                });
    return Stream.concat(names, lines).collect(Collectors.joining());
  }
}
