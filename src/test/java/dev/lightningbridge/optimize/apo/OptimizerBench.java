package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.lightning.AgentLightningOptimizer;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.lightning.PythonEnvironment;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.PromptOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
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
   * The beam search's settings for a number of calls, with the default's 16 validation tasks; at
   * 1360 agentlightning's own settings, with 40.
   */
  private static final Map<Integer, Plan> PLANS =
      Map.of(
          170, new Plan(new ApoSettings(2, 2, 2, 4, 6, 1.0, 4), 16),
          472, new Plan(ApoSettings.DEFAULT, 16),
          1360, new Plan(new ApoSettings(3, 4, 4, 4, 16, 1.0, 4), 40));

  private static final double NEAR = 0.02;

  @Option(names = "--seeds", defaultValue = "10", description = "How many (default: 10).")
  int seeds;

  @Option(
      names = "--first-seed",
      defaultValue = "0",
      description = "From 1000 upward they are for judging, never for tuning (default: 0).")
  long firstSeed;

  @Option(
      names = "--domains",
      split = ",",
      defaultValue = "TRIAGE,EXTRACT,ROOMS",
      description = "Of the sandbox (default: ${DEFAULT-VALUE}).")
  List<SandboxDomain> domains = List.of();

  @Option(
      names = "--feedback",
      split = ",",
      defaultValue = "rich,scalar",
      description = "What the grader says beside the reward (default: ${DEFAULT-VALUE}).")
  List<String> feedback = List.of();

  @Option(names = "--budgets", split = ",", defaultValue = "170,472,1360", description = "Calls.")
  List<Integer> budgets = List.of();

  @Option(
      names = "--optimizers",
      split = ",",
      defaultValue = "apo,racing",
      description = {
        "racing, apo, gepa, agentlightning (the real APO through the worker), trainer (the same"
            + " with",
        "agentlightning's own Trainer as it comes, without our worker). With settings as in",
        "racing:z=0.7:block=6, agentlightning:validation=40 or racing:demonstrations=1. The"
            + " others'",
        "differences are from the first."
      })
  List<String> optimizers = List.of();

  @Option(names = "--latency-ms", defaultValue = "0", description = "Of each call.")
  int latencyMs;

  @Option(
      names = "--jobs",
      defaultValue = "2",
      description = "Searches at a time; 1 where seconds and memory matter (default: 2).")
  int jobs;

  @Option(names = "--gepa-python", description = "A Python with gepa installed.")
  @Nullable Path gepaPython;

  @Option(names = "--scripts", description = "Where gepa_search.py and trainer_apo.py are.")
  @Nullable Path scripts;

  @Option(
      names = "--candidates",
      description = "Says, too, how far each winner is behind the best of all its candidates.")
  boolean candidates;

  @Option(names = "--out", description = "Each search is added here as a JSON line.")
  @Nullable Path out;

  record Plan(ApoSettings settings, int validation) {}

  record Line(String optimizer, int budget, SandboxTask task, SandboxTask.Outcome outcome) {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new OptimizerBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<SandboxTask> tasks = tasks();
    BenchTable.Samples floor = new BenchTable.Samples();
    BenchTable.Samples ceiling = new BenchTable.Samples();
    for (SandboxTask task : tasks) {
      floor.add(task.heldOut(task.seedPrompt()));
      ceiling.add(task.heldOut(task.bestPrompt()));
    }
    System.out.printf(
        Locale.ROOT,
        "Sandbox (simulated), seeds %d to %d, feedback %s, latency %d ms.%n"
            + "Seed prompt %s, best possible %s.%n%n",
        firstSeed,
        firstSeed + seeds - 1,
        String.join(" and ", feedback),
        latencyMs,
        floor,
        ceiling);
    BenchTable table = new BenchTable(domains, latencyMs);
    table.printHead(optimizers.getFirst());
    for (int budget : budgets) {
      Map<SandboxTask, Double> reference = new LinkedHashMap<>();
      for (String optimizer : optimizers) {
        try (PeakMemory memory = new PeakMemory()) {
          List<Line> lines = run(optimizer, budget, tasks);
          table.print(lines, reference, memory);
          if (candidates) {
            printBehind("all candidates", lines, SandboxTask.Outcome::tried);
            printBehind("those that were the best", lines, SandboxTask.Outcome::bests);
          }
          if (reference.isEmpty()) {
            lines.forEach(l -> reference.put(l.task(), l.outcome().heldOut()));
          }
        }
      }
    }
    return 0;
  }

  /**
   * The best of many is partly so by chance on these tasks. So it is also chosen by one half of
   * them and compared on the other.
   */
  private static void printBehind(
      String whom, List<Line> lines, Function<SandboxTask.Outcome, Set<String>> prompts)
      throws ModelException {
    BenchTable.Samples behind = new BenchTable.Samples();
    BenchTable.Samples byHalves = new BenchTable.Samples();
    int near = 0;
    for (Line line : lines) {
      double[] winner = line.task().heldOutRewards(line.outcome().prompt());
      List<double[]> all = new ArrayList<>(List.of(winner));
      for (String prompt : prompts.apply(line.outcome())) {
        all.add(line.task().heldOutRewards(prompt));
      }
      double lead = mean(best(all, 0, 1), 0, 1) - mean(winner, 0, 1);
      behind.add(lead);
      near += lead <= NEAR ? 1 : 0;
      double byEven = mean(best(all, 0, 2), 1, 2);
      double byOdd = mean(best(all, 1, 2), 0, 2);
      byHalves.add((byEven + byOdd) / 2 - mean(winner, 0, 1));
    }
    System.out.printf(
        Locale.ROOT,
        "The winner is %s behind the best of %s (chosen by half the tasks, on the others: %s), and"
            + " within %.2f of it in %d of %d.%n",
        behind,
        whom,
        byHalves,
        NEAR,
        near,
        lines.size());
  }

  private static double[] best(List<double[]> all, int first, int step) {
    return all.stream()
        .max(Comparator.comparingDouble(one -> mean(one, first, step)))
        .orElseThrow();
  }

  /** Over the tasks from the first one on, by steps. */
  private static double mean(double[] rewards, int first, int step) {
    return IntStream.iterate(first, i -> i < rewards.length, i -> i + step)
        .mapToDouble(i -> rewards[i])
        .average()
        .orElseThrow();
  }

  private List<SandboxTask> tasks() {
    List<SandboxTask> tasks = new ArrayList<>();
    for (String kind : feedback) {
      for (SandboxDomain domain : domains) {
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
          tasks.add(new SandboxTask(domain, seed, kind.equals("rich")));
        }
      }
    }
    return tasks;
  }

  private List<Line> run(String optimizer, int budget, List<SandboxTask> tasks)
      throws InterruptedException, ExecutionException, IOException {
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
      List<Future<Line>> running = new ArrayList<>();
      for (SandboxTask task : tasks) {
        running.add(threads.submit(() -> run(optimizer, budget, task)));
      }
      List<Line> lines = new ArrayList<>();
      for (Future<Line> line : running) {
        lines.add(line.get());
        write(lines.getLast());
      }
      return lines;
    }
  }

  private Line run(String optimizer, int budget, SandboxTask task) throws ModelException {
    Plan plan = PLANS.getOrDefault(budget, new Plan(ApoSettings.DEFAULT, 16));
    Map<String, Double> given = settings(optimizer);
    int validation =
        given
            .getOrDefault("validation", optimizer.startsWith("gepa") ? 16.0 : plan.validation())
            .intValue();
    PromptOptimizer made = made(optimizer.split(":", 2)[0], given);
    return new Line(
        optimizer,
        budget,
        task,
        task.run(
            made,
            plan.settings(),
            validation,
            budget,
            latencyMs,
            given.getOrDefault("demonstrations", 0.0) > 0));
  }

  private static Map<String, Double> settings(String optimizer) {
    Map<String, Double> given = new LinkedHashMap<>();
    for (String setting : optimizer.split(":", -1)) {
      String[] parts = setting.split("=", 2);
      if (parts.length == 2) {
        given.put(parts[0], Double.valueOf(parts[1]));
      }
    }
    return given;
  }

  private PromptOptimizer made(String name, Map<String, Double> given) {
    return switch (name) {
      case "apo" -> JavaOptimizer.beamSearch();
      case "racing" -> racing(given);
      case "gepa" ->
          new GepaOptimizer(
              gepaPython,
              scripts.resolve("gepa_search.py"),
              text -> ChatRequest.of(ModelRole.WORKER, "sandbox-reflector", "", text, 1.0));
      case "agentlightning" -> new AgentLightningOptimizer(python());
      case "trainer" -> new TrainerOptimizer(python().python(), scripts.resolve("trainer_apo.py"));
      default -> throw new IllegalArgumentException("no optimiser is called " + name);
    };
  }

  private static PythonEnvironment python() {
    return Environments.of(EnvironmentKind.APO);
  }

  private static JavaOptimizer racing(Map<String, Double> given) {
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

  private void write(Line line) throws IOException {
    if (out != null) {
      Files.writeString(
          out, Json.write(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
