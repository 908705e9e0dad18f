package dev.lightningbridge.lightning;

import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.lightning.ScriptedEndpoint.Answer;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.HumanNote;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PromptOptimizer.Context;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A small search with scripted models: the editor appends a word to the prompt, the agent repeats
 * its prompt, and the grader counts the words, a little differently for each task.
 */
final class SearchLab implements AutoCloseable {
  static final String SEED_PROMPT = "Answer {\"answer\": 1} {x.__class__} {{y}} \uD83D\uDE80";

  static final String CRITIQUE = "- Say more. {{ critique }} <b> \u00e9\uD83D\uDE00";

  /** What the agent answers, and how that can fail. */
  interface Agent {
    String answer(String prompt, Task task) throws ModelException;
  }

  private final AtomicInteger edits = new AtomicInteger();
  private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
  final Cancellation cancellation = new Cancellation();
  ScriptedEndpoint.Script critic = (model, text) -> Answer.text(CRITIQUE);
  IntFunction<String> edited = number -> SEED_PROMPT + " more".repeat(number);
  RunEvent.Listener onEvent = event -> {};
  volatile long cancelledAt;
  Agent agent = (prompt, task) -> prompt;
  WorkerSettings worker = WorkerSettings.DEFAULT;
  ApoSettings settings = new ApoSettings(1, 2, 1, 2, 2, 1.0, 2);
  long seed = 7;
  List<HumanNote> humanNotes = List.of();
  final ScriptedEndpoint endpoint;

  SearchLab() throws IOException {
    endpoint = new ScriptedEndpoint(this::answer);
  }

  private Answer answer(String model, String text) throws InterruptedException {
    if (model.equals(WorkerJob.CRITIC_MODEL)) {
      return critic.answer(model, text);
    }
    return Answer.text(edited.apply(edits.incrementAndGet()));
  }

  OptimizationResult optimize() {
    return optimizeIn(Environments.of(EnvironmentKind.APO));
  }

  OptimizationResult optimizeIn(PythonEnvironment environment) {
    return new AgentLightningOptimizer(environment, worker).optimize(job(), context());
  }

  OptimizationJob job() {
    return new OptimizationJob(
        "run-1",
        SEED_PROMPT,
        tasks("train", 6),
        tasks("validation", 4),
        humanNotes,
        settings,
        seed);
  }

  private Context context() {
    return new Context(
        new RolloutRunner(runner(), new WordCount()),
        request -> {
          throw new IllegalStateException("this engine calls its models at the endpoint");
        },
        endpoint.endpoint(),
        event -> {
          events.add(event);
          onEvent.on(event);
        },
        cancellation);
  }

  private AgentRunner runner() {
    return (prompt, task) -> {
      String answer = agent.answer(prompt, task);
      List<Message> messages =
          List.of(
              new Message("system", prompt),
              new Message("user", task.input()),
              new Message("assistant", answer));
      return new AgentRunner.Output(messages, answer);
    };
  }

  List<RunEvent> events() {
    return List.copyOf(events);
  }

  <T extends RunEvent> List<T> events(Class<T> type) {
    return events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The events of the search itself, whose order does not depend on how rollouts overlap. */
  List<RunEvent> searchEvents() {
    return events().stream().filter(e -> !(e instanceof RunEvent.RolloutFinished)).toList();
  }

  long secondsSinceCancelled() {
    return Duration.ofNanos(System.nanoTime() - cancelledAt).toSeconds();
  }

  double seedScore() {
    return tasks("validation", 4).stream()
        .mapToDouble(task -> new WordCount().grade(task, SEED_PROMPT).reward())
        .average()
        .orElseThrow();
  }

  private static List<Task> tasks(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Task(
                    name + "-" + i,
                    "the " + name + " input " + i,
                    null,
                    List.of(),
                    null,
                    TaskSource.PROVIDED))
        .toList();
  }

  private record WordCount() implements Grader {
    private static final Map<Character, Double> EASE =
        Map.of('0', 1.0, '1', 0.9, '2', 0.8, '3', 0.7);

    @Override
    public String name() {
      return "words";
    }

    @Override
    public Grade grade(Task task, String output) {
      char last = task.id().charAt(task.id().length() - 1);
      double words = output.split(" ").length;
      return new Grade(
          Math.min(1, words / 40 * EASE.getOrDefault(last, 0.5)), "too short for " + task.id());
    }
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
