package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.agent.SystemPromptAgent;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.GatewayEndpoint;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelGateway;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.SearchMeans;
import dev.lightningbridge.optimize.demonstrations.Demonstrations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One job of the benchmark: a domain of the sandbox under a seed, with 80 tasks to search with and
 * 200 held out, graded by the hidden truth. Held-out rollouts count against no budget.
 *
 * @param rich whether the grader also names what is wrong, as a reviewer would; else only a score
 */
record SandboxTask(SandboxDomain domain, long seed, boolean rich) {
  private static final int SEARCH = 80;
  private static final int HELD_OUT = 200;
  private static final String WORKER = "sandbox-worker";

  /**
   * What a search brought and cost.
   *
   * @param tried all prompts that it made
   * @param bests those that were its best at a time
   */
  record Outcome(
      String prompt,
      double heldOut,
      Spend spend,
      long rollouts,
      double seconds,
      Set<String> tried,
      Set<String> bests) {
    /** Calls of critic and editor: each other one is graded. */
    long letters() {
      return spend.calls() - rollouts;
    }
  }

  Outcome run(
      PromptOptimizer optimizer,
      ApoSettings settings,
      int validation,
      long calls,
      int latencyMs,
      boolean demonstrations)
      throws ModelException {
    AtomicLong rollouts = new AtomicLong();
    Map<String, String> tried = Collections.synchronizedMap(new LinkedHashMap<>());
    Set<String> bests = Collections.synchronizedSet(new LinkedHashSet<>());
    ChatModel model =
        SandboxModel.builder().seed(seed).latency(Duration.ofMillis(latencyMs)).build();
    List<Task> tasks = tasks().subList(0, SEARCH);
    OptimizationJob job =
        new OptimizationJob(
                "bench",
                SandboxTruth.ofSeed(seed).seedPrompt(domain),
                tasks.subList(validation, SEARCH),
                tasks.subList(0, validation),
                List.of(),
                settings,
                seed)
            .withMeans(demonstrations ? means(tasks, validation) : SearchMeans.LETTERS);
    try (ModelGateway gateway =
            ModelGateway.before(model)
                .names(
                    ModelNames.builder()
                        .role(ModelRole.CRITIC, "sandbox-critic")
                        .role(ModelRole.EDITOR, "sandbox-editor")
                        .build())
                .limits(new Limits(calls, null, null))
                .build();
        GatewayEndpoint endpoint = GatewayEndpoint.before(gateway).open()) {
      long start = System.nanoTime();
      OptimizationResult result =
          optimizer.optimize(
              job,
              new PromptOptimizer.Context(
                  new RolloutRunner(agent(gateway), grader(rollouts)),
                  gateway,
                  endpoint.endpoint(),
                  event -> {
                    if (event instanceof RunEvent.CandidateMade made) {
                      tried.put(made.candidate(), made.prompt());
                    } else if (event instanceof RunEvent.BestChanged best) {
                      bests.add(best.candidate());
                    }
                  },
                  new Cancellation()));
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Outcome(
          result.prompt(),
          heldOut(result.prompt()),
          gateway.spent(),
          rollouts.get(),
          seconds,
          Set.copyOf(tried.values()),
          bests.stream().map(tried::get).collect(Collectors.toSet()));
    }
  }

  /** With what the best possible prompt brings on the train tasks as examples. */
  private SearchMeans means(List<Task> tasks, int validation) throws ModelException {
    SystemPromptAgent best = agent(SandboxModel.ofSeed(seed));
    List<Task> train = new ArrayList<>();
    for (Task task : tasks.subList(validation, SEARCH)) {
      String output = best.run(bestPrompt(), task).text();
      train.add(new Task(task.id(), task.input(), output, List.of(), null, TaskSource.PROVIDED));
    }
    Split split = new Split(train, tasks.subList(0, validation), List.of());
    return new SearchMeans(true, Demonstrations.of(split, List.of(), seedPrompt()));
  }

  String seedPrompt() {
    return SandboxTruth.ofSeed(seed).seedPrompt(domain);
  }

  String bestPrompt() {
    return SandboxTruth.ofSeed(seed).bestPrompt(domain);
  }

  /** The mean true reward on the tasks that no search sees. */
  double heldOut(String prompt) throws ModelException {
    return Arrays.stream(heldOutRewards(prompt)).average().orElseThrow();
  }

  /** The true reward on each of them. */
  double[] heldOutRewards(String prompt) throws ModelException {
    SandboxTruth truth = SandboxTruth.ofSeed(seed);
    SystemPromptAgent agent = agent(SandboxModel.ofSeed(seed));
    double[] rewards = new double[HELD_OUT];
    List<Task> tasks = tasks().subList(SEARCH, SEARCH + HELD_OUT);
    for (int i = 0; i < HELD_OUT; i++) {
      Task task = tasks.get(i);
      rewards[i] = truth.trueReward(task.input(), agent.run(prompt, task).text());
    }
    return rewards;
  }

  private List<Task> tasks() {
    List<String> inputs = SandboxTruth.ofSeed(seed).inputs(domain, SEARCH + HELD_OUT);
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> new Task("t" + i, inputs.get(i), null, List.of(), null, TaskSource.PROVIDED))
        .toList();
  }

  private static SystemPromptAgent agent(ChatModel model) {
    return new SystemPromptAgent(model, WORKER, 0.0, null);
  }

  private Grader grader(AtomicLong graded) {
    SandboxTruth truth = SandboxTruth.ofSeed(seed);
    return new Grader() {
      @Override
      public String name() {
        return "truth";
      }

      @Override
      public Grade grade(Task task, String output) {
        graded.incrementAndGet();
        return new Grade(
            truth.trueReward(task.input(), output), rich ? review(truth, task, output) : "");
      }
    };
  }

  /** Names each fault with a chance of 0.7. */
  private String review(SandboxTruth truth, Task task, String output) {
    return truth.violated(task.input(), output).stream()
        .filter(
            fault ->
                new SplittableRandom(seed * 31 + (fault + task.input() + output).hashCode())
                        .nextDouble()
                    < 0.7)
        .collect(Collectors.joining(" "));
  }
}
