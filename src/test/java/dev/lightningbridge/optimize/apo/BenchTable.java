package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.apo.OptimizerBench.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The benchmark's table: a line for each optimiser and budget. */
final class BenchTable {
  private final List<SandboxDomain> domains;
  private final int latencyMs;

  BenchTable(List<SandboxDomain> domains, int latencyMs) {
    this.domains = domains;
    this.latencyMs = latencyMs;
  }

  void printHead(String reference) {
    String names =
        domains.stream()
                .map(d -> d.name().toLowerCase(Locale.ROOT) + " | ")
                .collect(Collectors.joining())
            + "rich | scalar";
    System.out.printf(
        "| calls | optimiser | n | held-out reward | %s | less %s | calls made | letters | tokens"
            + " | seconds | / ideal | rollouts/s | MB here + beside |%n",
        names, reference);
    System.out.println("|---".repeat(13 + domains.size() + 1) + "|");
  }

  /**
   * @param reference the lines that these are compared with, by task; of those tasks that both have
   */
  void print(List<Line> lines, Map<SandboxTask, Double> reference, PeakMemory memory) {
    Samples difference = new Samples();
    for (Line line : lines) {
      Double other = reference.get(line.task());
      if (other != null) {
        difference.add(line.outcome().heldOut() - other);
      }
    }
    double calls = samples(lines, l -> true, l -> l.outcome().spend().calls()).mean();
    double seconds = samples(lines, l -> true, l -> l.outcome().seconds()).mean();
    double ideal = calls * latencyMs / 1000 / ApoSettings.DEFAULT.concurrency();
    String perDomain =
        domains.stream()
            .map(d -> number(rewards(lines, t -> t.domain() == d).mean()) + " | ")
            .collect(Collectors.joining());
    System.out.printf(
        Locale.ROOT,
        "| %d | %s | %d | %s | %s%s | %s | %s | %.0f | %.0f | %.0f | %.2f | %s | %.1f | %d + %d |%n",
        lines.getFirst().budget(),
        lines.getFirst().optimizer(),
        lines.size(),
        rewards(lines, t -> true),
        perDomain,
        number(rewards(lines, SandboxTask::rich).mean()),
        number(rewards(lines, t -> !t.rich()).mean()),
        difference.isEmpty() ? "" : difference.signed(),
        calls,
        samples(lines, l -> true, l -> l.outcome().letters()).mean(),
        samples(lines, l -> true, l -> l.outcome().spend().tokens()).mean(),
        seconds,
        ideal > 0 ? String.format(Locale.ROOT, "%.2f", seconds / ideal) : "",
        samples(lines, l -> true, l -> l.outcome().rollouts()).mean() / seconds,
        memory.here(),
        memory.children());
  }

  private static Samples rewards(List<Line> lines, Predicate<SandboxTask> which) {
    return samples(lines, l -> which.test(l.task()), l -> l.outcome().heldOut());
  }

  private static Samples samples(
      List<Line> lines, Predicate<Line> which, ToDoubleFunction<Line> value) {
    Samples samples = new Samples();
    lines.stream().filter(which).mapToDouble(value).forEach(samples::add);
    return samples;
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** Values and the mean's 95 % interval, by the normal approximation. */
  static final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
      values.add(value);
    }

    boolean isEmpty() {
      return values.isEmpty();
    }

    double mean() {
      return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    }

    private double halfWidth() {
      double mean = mean();
      double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      return 1.96 * Math.sqrt(squares / Math.max(1, values.size() - 1) / values.size());
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.3f ± %.3f", mean(), halfWidth());
    }

    String signed() {
      return String.format(Locale.ROOT, "%+.3f ± %.3f", mean(), halfWidth());
    }
  }
}
