package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.lightning.AgentLightningOptimizer;
import dev.lightningbridge.lightning.PythonEnvironment;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.PromptOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The optimisers side by side on the sandbox. Started by scripts/bench/optimizers. */
@Command(
    name = "scripts/bench/optimizers",
    mixinStandardHelpOptions = true,
    description = {
      "Mean held-out reward of the optimisers on the sandbox: 3 domains by seeds, rich and scalar",
      "feedback, at three budgets. Everything is simulated: it shows relative efficiency under the",
      "sandbox's assumptions, not which optimiser is better with a real model."
    })
final class OptimizerBench implements Callable<Integer> {
  /**
   * The beam search's settings for a number of calls: the default one, and agentlightning's own.
   */
  private static final Map<Integer, Plan> PLANS =
      Map.of(
          170, new Plan(new ApoSettings(2, 2, 2, 4, 6, 1.0, 4), 12),
          472, new Plan(ApoSettings.DEFAULT, 16),
          1360, new Plan(new ApoSettings(3, 4, 4, 4, 16, 1.0, 4), 40));

  @Option(names = "--seeds", defaultValue = "10", description = "How many (default: 10).")
  int seeds;

  @Option(
      names = "--first-seed",
      defaultValue = "0",
      description = "From 1000 upward they are for judging, never for tuning (default: 0).")
  long firstSeed;

  @Option(names = "--budgets", split = ",", defaultValue = "170,472,1360", description = "Calls.")
  List<Integer> budgets = List.of();

  @Option(
      names = "--optimizers",
      split = ",",
      defaultValue = "apo,racing",
      description = {
        "apo, racing, racing with settings such as racing:z=0.7:block=6, gepa, or agentlightning (the",
        "real one; needs LIGHTNING_BRIDGE_APO_ENV)."
      })
  List<String> optimizers = List.of();

  @Option(names = "--latency-ms", defaultValue = "0", description = "Of each call.")
  int latencyMs;

  @Option(names = "--jobs", defaultValue = "2", description = "Searches at a time.")
  int jobs;

  @Option(names = "--gepa-python", description = "A Python with gepa installed.")
  @Nullable Path gepaPython;

  @Option(names = "--gepa-script", description = "gepa_search.py.")
  @Nullable Path gepaScript;

  @Option(names = "--out", description = "Each search as a JSON line.")
  @Nullable Path out;

  record Plan(ApoSettings settings, int validation) {}

  record Line(String optimizer, int budget, SandboxTask task, SandboxTask.Outcome outcome) {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new OptimizerBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<SandboxTask> tasks = tasks();
    Samples floor = new Samples();
    Samples ceiling = new Samples();
    for (SandboxTask task : tasks) {
      floor.add(task.heldOut(task.seedPrompt()));
      ceiling.add(task.heldOut(task.bestPrompt()));
    }
    System.out.printf(
        Locale.ROOT,
        "Sandbox (simulated), 3 domains x seeds %d to %d, rich and scalar: %d searches a line.%n"
            + "Seed prompt %s, best possible %s.%n%n",
        firstSeed,
        firstSeed + seeds - 1,
        tasks.size(),
        floor,
        ceiling);
    System.out.println(
        "| calls | optimiser | held-out reward | rich | scalar | less %s | calls made | tokens |"
                .formatted(optimizers.getFirst())
            + " seconds | / ideal |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    List<Line> all = new ArrayList<>();
    for (int budget : budgets) {
      Map<SandboxTask, Double> reference = new LinkedHashMap<>();
      for (String optimizer : optimizers) {
        List<Line> lines = run(optimizer, budget, tasks);
        if (reference.isEmpty()) {
          lines.forEach(l -> reference.put(l.task(), l.outcome().heldOut()));
        }
        print(optimizer, budget, lines, reference);
        all.addAll(lines);
      }
    }
    write(all);
    return 0;
  }

  private List<SandboxTask> tasks() {
    List<SandboxTask> tasks = new ArrayList<>();
    for (boolean rich : List.of(true, false)) {
      for (SandboxDomain domain :
          List.of(SandboxDomain.TRIAGE, SandboxDomain.EXTRACT, SandboxDomain.ROOMS)) {
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
          tasks.add(new SandboxTask(domain, seed, rich));
        }
      }
    }
    return tasks;
  }

  private List<Line> run(String optimizer, int budget, List<SandboxTask> tasks)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
      List<Future<Line>> running = new ArrayList<>();
      for (SandboxTask task : tasks) {
        running.add(threads.submit(() -> run(optimizer, budget, task)));
      }
      List<Line> lines = new ArrayList<>();
      for (Future<Line> line : running) {
        lines.add(line.get());
      }
      return lines;
    }
  }

  private Line run(String optimizer, int budget, SandboxTask task) throws ModelException {
    Plan plan = PLANS.getOrDefault(budget, new Plan(ApoSettings.DEFAULT, 16));
    if (optimizer.equals("gepa")) {
      plan = new Plan(plan.settings(), 16);
    }
    return new Line(
        optimizer,
        budget,
        task,
        task.run(made(optimizer), plan.settings(), plan.validation(), budget, latencyMs));
  }

  private PromptOptimizer made(String optimizer) {
    return switch (optimizer) {
      case "apo" -> JavaOptimizer.beamSearch();
      case "gepa" -> new GepaOptimizer(gepaPython, gepaScript);
      case "agentlightning" -> new AgentLightningOptimizer(PythonEnvironment.find(System.getenv()));
      default -> racing(optimizer);
    };
  }

  private static JavaOptimizer racing(String optimizer) {
    Map<String, Double> given = new LinkedHashMap<>();
    for (String setting : optimizer.split(":", -1)) {
      String[] parts = setting.split("=", 2);
      if (parts.length == 2) {
        given.put(parts[0], Double.valueOf(parts[1]));
      }
    }
    RacingSettings usual = RacingSettings.DEFAULT;
    return JavaOptimizer.racing(
        new RacingSettings(
            given.getOrDefault("challengers", (double) usual.challengers()).intValue(),
            given.getOrDefault("block", (double) usual.block()).intValue(),
            given.getOrDefault("fewest", (double) usual.fewest()).intValue(),
            given.getOrDefault("most", (double) usual.most()).intValue(),
            given.getOrDefault("z", usual.z()),
            given.getOrDefault("explore", usual.explore()),
            given.getOrDefault("kept", (double) usual.kept()).intValue(),
            Integer.MAX_VALUE));
  }

  private void print(
      String optimizer, int budget, List<Line> lines, Map<SandboxTask, Double> reference) {
    Samples all = new Samples();
    Samples rich = new Samples();
    Samples scalar = new Samples();
    Samples difference = new Samples();
    Samples calls = new Samples();
    Samples tokens = new Samples();
    Samples seconds = new Samples();
    for (Line line : lines) {
      SandboxTask.Outcome outcome = line.outcome();
      all.add(outcome.heldOut());
      (line.task().rich() ? rich : scalar).add(outcome.heldOut());
      difference.add(outcome.heldOut() - reference.getOrDefault(line.task(), Double.NaN));
      calls.add(outcome.spend().calls());
      tokens.add(outcome.spend().tokens());
      seconds.add(outcome.seconds());
    }
    double ideal = calls.mean() * latencyMs / 1000 / ApoSettings.DEFAULT.concurrency();
    System.out.printf(
        Locale.ROOT,
        "| %d | %s | %s | %.3f | %.3f | %s | %.0f | %.0f | %.2f | %s |%n",
        budget,
        optimizer,
        all,
        rich.mean(),
        scalar.mean(),
        optimizer.equals(optimizers.getFirst()) ? "" : difference.signed(),
        calls.mean(),
        tokens.mean(),
        seconds.mean(),
        ideal > 0 ? String.format(Locale.ROOT, "%.2f", seconds.mean() / ideal) : "");
  }

  private void write(List<Line> lines) throws IOException {
    if (out != null) {
      Files.write(out, lines.stream().map(Json::write).toList());
    }
  }

  /** Values and the mean's 95 % interval, by the normal approximation. */
  private static final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
      values.add(value);
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
