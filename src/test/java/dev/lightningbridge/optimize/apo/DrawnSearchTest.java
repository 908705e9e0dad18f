package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.StratifiedTasks;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ModelEndpoint;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PromptOptimizer.Context;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.SearchMeans;
import dev.lightningbridge.optimize.demonstrations.Demonstrations;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The search that asks nobody, on a model that leans to one answer: it says "cold" of a thing
 * unless the prompt shows seven warm ones or more.
 */
class DrawnSearchTest implements AgentRunner, Grader {
  private static final String START = "Say of the thing whether it is warm or cold.";
  private static final String WARM = "Answer: warm";
  private static final int ENOUGH = 7;

  private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger written = new AtomicInteger();
  private final List<String> shownItself = Collections.synchronizedList(new ArrayList<>());

  @Test
  void examples_alone_pull_a_model_back_that_leans_to_one_answer() {
    OptimizationResult found = search(170, 4, 1);
    assertThat(warmIn(found.prompt())).isGreaterThanOrEqualTo(ENOUGH);
    assertThat(found.prompt()).startsWith(START + "\n\nInput: ");
    assertThat(found.validationScore()).isEqualTo(1);
  }

  @Test
  void no_set_is_measured_on_a_task_that_it_shows() {
    search(470, 4, 1);
    assertThat(shownItself).isEmpty();
  }

  @Test
  void the_first_tasks_expect_each_answer_as_often_as_all_do() {
    List<Task> all =
        Stream.of(tasks("a", 40), tasks("b", 40).stream().filter(t -> !isWarm(t)).toList())
            .flatMap(List::stream)
            .toList();
    List<Task> order = StratifiedTasks.inOrder(all, all);
    assertThat(order).containsExactlyInAnyOrderElementsOf(all);
    for (int first = 6; first <= all.size(); first += 6) {
      assertThat(order.subList(0, first).stream().filter(DrawnSearchTest::isWarm).count())
          .isBetween(first / 3L - 1, first / 3L + 1);
    }
  }

  private static boolean isWarm(Task task) {
    return expected(task).equals("warm");
  }

  @Test
  void never_makes_more_calls_than_allowed() {
    for (int limit : List.of(20, 60, 170)) {
      calls.set(0);
      search(limit, 4, 3);
      assertThat(calls.get()).isLessThanOrEqualTo(limit);
    }
  }

  @Test
  void finds_the_same_in_the_same_steps_however_many_calls_run_at_a_time() {
    List<RunEvent> one = steps(1, 5);
    assertThat(steps(8, 5)).isEqualTo(one);
    assertThat(steps(8, 6)).isNotEqualTo(one);
  }

  @Test
  void a_start_that_no_example_makes_better_stays() {
    OptimizationResult found =
        optimize((prompt, task) -> prompt.equals(START) ? expected(task) : "cold", 170, 4, 1);
    assertThat(found.prompt()).isEqualTo(START);
  }

  @Test
  void
      beside_a_critic_examples_are_tried_once_and_no_more_where_the_model_does_not_learn_from_them() {
    letters = true;
    optimize((prompt, task) -> "cold", 170, 4, 1);
    assertThat(madeWithExamples()).hasSize(1);
  }

  @Test
  void beside_a_critic_examples_stay_where_the_model_learns_from_them() {
    letters = true;
    OptimizationResult found =
        optimize((prompt, task) -> warmIn(prompt) < 4 ? "" : expected(task), 170, 4, 1);
    assertThat(warmIn(found.prompt())).isGreaterThanOrEqualTo(4);
    assertThat(madeWithExamples()).hasSizeGreaterThan(1);
  }

  private List<String> madeWithExamples() {
    return events.stream()
        .filter(RunEvent.CandidateMade.class::isInstance)
        .map(event -> ((RunEvent.CandidateMade) event).prompt())
        .filter(prompt -> prompt.contains("\nAnswer: "))
        .toList();
  }

  private List<RunEvent> steps(int concurrency, long seed) {
    events.clear();
    search(170, concurrency, seed);
    return events.stream().filter(e -> !(e instanceof RunEvent.RolloutFinished)).toList();
  }

  private OptimizationResult search(int limit, int concurrency, long seed) {
    return optimize(
        (prompt, task) -> warmIn(prompt) < ENOUGH ? "cold" : expected(task),
        limit,
        concurrency,
        seed);
  }

  private interface Habit {
    String answer(String prompt, Task task);
  }

  private boolean letters;
  private Habit habit = (prompt, task) -> "";

  private OptimizationResult optimize(Habit how, int limit, int concurrency, long seed) {
    habit = how;
    List<Task> train = tasks("t", 60);
    List<Task> validation = tasks("v", 16);
    OptimizationJob job =
        new OptimizationJob(
                "run",
                START,
                train,
                validation,
                List.of(),
                new ApoSettings(4, 2, 3, 4, 8, 1.0, concurrency),
                seed)
            .withMeans(
                new SearchMeans(
                    letters,
                    Demonstrations.of(new Split(train, validation, List.of()), List.of(), START)));
    return JavaOptimizer.racing(RacingSettings.DEFAULT.withCalls(limit)).optimize(job, context());
  }

  private Context context() {
    ChatModel nobody =
        request -> {
          if (!letters) {
            throw new AssertionError("a letter was written: " + request.role());
          }
          return ScriptedWorld.answer("Say it in letter " + written.incrementAndGet());
        };
    return new Context(
        new RolloutRunner(this, this),
        nobody,
        new ModelEndpoint(URI.create("http://127.0.0.1/v1"), "none"),
        events::add,
        new Cancellation());
  }

  private static List<Task> tasks(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Task(
                    prefix + i,
                    "thing %s%d of many %s%d".formatted(prefix, i, prefix, 7 * i + 1),
                    i % 2 == 0 ? "warm" : "cold",
                    List.of(),
                    null,
                    TaskSource.PROVIDED))
        .toList();
  }

  private static String expected(Task task) {
    return String.valueOf(task.expectedText());
  }

  private static int warmIn(String prompt) {
    return prompt.split(WARM, -1).length - 1;
  }

  @Override
  public Output run(String prompt, Task task) {
    calls.incrementAndGet();
    if (prompt.contains("Input: " + task.input() + "\n")) {
      shownItself.add(task.id());
    }
    String said = habit.answer(prompt, task);
    return new Output(List.of(new Message("assistant", said)), said);
  }

  @Override
  public Grade grade(Task task, String output) {
    return new Grade(output.equals(expected(task)) ? 1 : 0, "");
  }

  @Override
  public String name() {
    return "exact";
  }
}
