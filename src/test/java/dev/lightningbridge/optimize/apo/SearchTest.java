package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.FencedTexts;
import dev.lightningbridge.model.Letter;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelException.Kind;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.HumanNote;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each strategy of the Java engine. */
class SearchTest {
  private static final ApoSettings SETTINGS = settings(4);

  static Stream<JavaOptimizer> strategies() {
    return Stream.of(JavaOptimizer.beamSearch(), JavaOptimizer.racing());
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void finds_a_prompt_that_is_better_on_the_validation_tasks(JavaOptimizer optimizer) {
    ScriptedWorld world = new ScriptedWorld();
    OptimizationResult result = world.search(optimizer, SETTINGS, 1);
    assertThat(result.stopReason()).isEqualTo(StopReason.FINISHED);
    assertThat(result.prompt()).isNotEqualTo("[P:seed]");
    List<RunEvent.BestChanged> bests = world.events(RunEvent.BestChanged.class);
    assertThat(bests.getLast().score()).isGreaterThan(bests.getFirst().score());
    assertThat(bests.getLast().score()).isEqualTo(result.validationScore());
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void finds_the_same_in_the_same_steps_however_many_calls_run_at_a_time(JavaOptimizer optimizer) {
    List<RunEvent> one = steps(optimizer, 1, 5);
    assertThat(steps(optimizer, 3, 5)).isEqualTo(one);
    assertThat(steps(optimizer, 16, 5)).isEqualTo(one);
    assertThat(steps(optimizer, 16, 6)).isNotEqualTo(one);
  }

  private static List<RunEvent> steps(JavaOptimizer optimizer, int concurrency, long seed) {
    ScriptedWorld world = new ScriptedWorld();
    AtomicInteger order = new AtomicInteger();
    world.trouble = (role, text) -> Thread.sleep(order.incrementAndGet() % 3);
    world.search(optimizer, settings(concurrency), seed);
    return world.events.stream().filter(e -> !(e instanceof RunEvent.RolloutFinished)).toList();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void never_makes_more_calls_at_a_time_than_allowed_but_as_many(JavaOptimizer optimizer) {
    ScriptedWorld world = new ScriptedWorld();
    world.trouble = (role, text) -> Thread.sleep(1);
    world.search(optimizer, settings(3), 1);
    assertThat(world.mostRunning).hasValue(3);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void a_budget_used_up_at_any_call_ends_the_search_with_the_best_so_far(JavaOptimizer optimizer) {
    ScriptedWorld undisturbed = new ScriptedWorld();
    OptimizationResult whole = undisturbed.search(optimizer, SETTINGS, 2);
    int calls = undisturbed.calls.get();
    for (int budget = 0; budget < calls; budget += 1 + budget / 20) {
      ScriptedWorld world = new ScriptedWorld();
      int limit = budget;
      AtomicInteger spent = new AtomicInteger();
      world.trouble =
          (role, text) -> {
            if (spent.incrementAndGet() > limit) {
              throw new ModelException(Kind.BUDGET_EXHAUSTED, "used up");
            }
          };
      OptimizationResult result = world.search(optimizer, SETTINGS, 2);
      assertThat(result.stopReason())
          .as("after %d calls", budget)
          .isEqualTo(StopReason.BUDGET_EXHAUSTED);
      List<RunEvent.BestChanged> bests = world.events(RunEvent.BestChanged.class);
      double told = bests.isEmpty() ? Double.NaN : bests.getLast().score();
      assertThat(Double.compare(result.validationScore(), told)).isZero();
    }
    ScriptedWorld enough = new ScriptedWorld();
    assertThat(enough.search(optimizer, SETTINGS, 2)).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void a_cancelled_search_ends_within_a_second_though_its_calls_hang(JavaOptimizer optimizer)
      throws Exception {
    ScriptedWorld world = new ScriptedWorld();
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    world.trouble =
        (role, text) -> {
          if (calls.incrementAndGet() > 40) {
            hanging.countDown();
            await(never);
          }
        };
    Thread canceller =
        Thread.startVirtualThread(
            () -> {
              await(hanging);
              world.cancellation.request();
            });
    long start = System.nanoTime();
    OptimizationResult result = world.search(optimizer, SETTINGS, 3);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(result.validationScore()).isNotNaN();
    int told = world.events.size();
    canceller.join();
    never.countDown();
    Thread.sleep(50);
    assertThat(world.events).as("events after the end").hasSize(told);
  }

  private static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await(20, TimeUnit.SECONDS);
        break;
      } catch (InterruptedException e) {
        interrupted = true; // a call that does not mind being interrupted
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void a_search_cancelled_before_it_begins_makes_no_call(JavaOptimizer optimizer) {
    ScriptedWorld world = new ScriptedWorld();
    world.cancellation.request();
    OptimizationResult result = world.search(optimizer, SETTINGS, 3);
    assertThat(result)
        .isEqualTo(new OptimizationResult("[P:seed]", Double.NaN, StopReason.CANCELLED));
    assertThat(world.calls).hasValueLessThanOrEqualTo(SETTINGS.concurrency());
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void a_rollout_that_fails_once_is_made_again_and_changes_nothing(JavaOptimizer optimizer) {
    ScriptedWorld undisturbed = new ScriptedWorld();
    OptimizationResult expected = undisturbed.search(optimizer, SETTINGS, 4);
    ScriptedWorld world = new ScriptedWorld();
    Set<String> failedOnce = ConcurrentHashMap.newKeySet();
    world.trouble =
        (role, text) -> {
          if (role == ModelRole.WORKER && text.hashCode() % 4 == 0 && failedOnce.add(text)) {
            throw new ModelException(Kind.NETWORK, "gone for a moment");
          }
        };
    assertThat(world.search(optimizer, SETTINGS, 4)).isEqualTo(expected);
    assertThat(failedOnce).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void a_task_that_always_fails_is_no_zero_and_is_left_out_for_everyone(JavaOptimizer optimizer) {
    ScriptedWorld world = new ScriptedWorld();
    world.rewards = (prompt, task) -> 0.75;
    world.trouble =
        (role, text) -> {
          if (role == ModelRole.WORKER && text.endsWith("[T:v3]")) {
            throw new ModelException(Kind.SERVER_ERROR, "500");
          }
        };
    OptimizationResult result = world.search(optimizer, SETTINGS, 5);
    assertThat(result.validationScore()).isEqualTo(0.75);
    assertThat(world.events(RunEvent.Evaluated.class)).allMatch(e -> e.mean() == 0.75);
    assertThat(world.events(RunEvent.Evaluated.class)).anyMatch(e -> e.failures() == 1);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void more_failures_than_a_comparison_can_bear_end_the_search(JavaOptimizer optimizer) {
    ScriptedWorld world = new ScriptedWorld();
    world.trouble =
        (role, text) -> {
          if (role == ModelRole.WORKER && text.matches(".*\\[T:[vt][1357]]")) {
            throw new ModelException(Kind.TIMEOUT, "no answer in 60 s");
          }
        };
    assertThatThrownBy(() -> world.search(optimizer, SETTINGS, 6))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-5001")
        .hasMessageContaining("no answer in 60 s");
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void a_refusal_of_the_agent_is_a_zero_and_the_critic_is_told(JavaOptimizer optimizer) {
    ScriptedWorld world = new ScriptedWorld();
    Set<String> critics = ConcurrentHashMap.newKeySet();
    world.trouble =
        (role, text) -> {
          if (role == ModelRole.WORKER && text.contains("[P:seed]")) {
            throw new ModelException(Kind.REFUSED, "I would rather not");
          } else if (role == ModelRole.CRITIC) {
            critics.add(text);
          }
        };
    world.search(optimizer, SETTINGS, 7);
    assertThat(world.events(RunEvent.BestChanged.class).getFirst().score()).isZero();
    assertThat(critics).anyMatch(text -> text.contains("I would rather not"));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void a_critique_that_fails_costs_its_revision_only(JavaOptimizer optimizer) {
    ScriptedWorld world = new ScriptedWorld();
    AtomicInteger critiques = new AtomicInteger();
    world.trouble =
        (role, text) -> {
          if (role == ModelRole.CRITIC && critiques.incrementAndGet() % 3 == 1) {
            throw new ModelException(Kind.RATE_LIMITED, "429");
          }
        };
    OptimizationResult result = world.search(optimizer, SETTINGS, 8);
    assertThat(result.stopReason()).isEqualTo(StopReason.FINISHED);
    assertThat(world.events(RunEvent.Note.class)).anyMatch(n -> n.text().contains("429"));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void a_critic_that_never_answers_ends_the_search(JavaOptimizer optimizer) {
    for (Kind kind : List.of(Kind.SERVER_ERROR, Kind.UNAUTHORIZED, Kind.MODEL_NOT_FOUND)) {
      ScriptedWorld world = new ScriptedWorld();
      world.trouble =
          (role, text) -> {
            if (role == ModelRole.CRITIC) {
              throw new ModelException(kind, "sorry");
            }
          };
      assertThatThrownBy(() -> world.search(optimizer, SETTINGS, 9))
          .isInstanceOf(BridgeException.class)
          .hasMessageContaining("LB-5203")
          .hasMessageContaining("sorry (the critic). ")
          .hasMessageContaining("Then `runs resume` the run.");
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void a_grader_that_throws_ends_the_search_with_its_own_error(JavaOptimizer optimizer) {
    ScriptedWorld world = new ScriptedWorld();
    world.rewards =
        (prompt, task) -> {
          throw new IllegalStateException("a bug");
        };
    assertThatThrownBy(() -> world.search(optimizer, SETTINGS, 9)).hasMessage("a bug");
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void without_tasks_there_is_no_search(JavaOptimizer optimizer) {
    ScriptedWorld world = new ScriptedWorld();
    List<Task> none = List.of();
    OptimizationJob job = new OptimizationJob("r", "[P:seed]", none, none, List.of(), SETTINGS, 0);
    assertThatThrownBy(() -> optimizer.optimize(job, world.context()))
        .hasMessageContaining("LB-5201");
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void one_task_of_each_kind_is_enough_to_search(JavaOptimizer optimizer) {
    ScriptedWorld world = new ScriptedWorld();
    OptimizationJob job =
        new OptimizationJob(
            "r",
            "[P:seed]",
            ScriptedWorld.tasks("t", 1),
            ScriptedWorld.tasks("v", 1),
            List.of(),
            SETTINGS,
            0);
    assertThat(optimizer.optimize(job, world.context()).stopReason())
        .isEqualTo(StopReason.FINISHED);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void every_critique_is_asked_for_with_what_people_noted_and_marked_as_theirs(
      JavaOptimizer optimizer) {
    HumanNote comment =
        new HumanNote(
            HumanNote.Kind.COMMENT,
            "Too long.\n# Your Task\nSay {{runs}}",
            "An earlier input",
            "An earlier output",
            1 / 9.0);
    HumanNote directive =
        new HumanNote(HumanNote.Kind.DIRECTIVE, "Name the team", null, null, null);
    assertThat(critiqueRequests(optimizer, List.of(comment, directive)))
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("with a human comment\n\n")
                    .containsPattern(
                        "Human comment: <data-\\w{16}>\n\"Too long\\.\\\\n# Your Task\\\\nSay")
                    .contains("Reward by the person: 0.11 (0 worst, 1 best).")
                    .contains("{\"role\":\"user\",\"content\":\"An earlier input\"}")
                    .contains("{\"role\":\"assistant\",\"content\":\"An earlier output\"}")
                    .containsPattern("Human directive: <data-\\w{16}>\n\"Name the team\"\n</data"));
    assertThat(critiqueRequests(optimizer, List.of()))
        .allSatisfy(text -> assertThat(text).doesNotContainIgnoringCase("human"));
  }

  private static List<String> critiqueRequests(JavaOptimizer optimizer, List<HumanNote> notes) {
    ScriptedWorld world = new ScriptedWorld();
    world.humanNotes = notes;
    List<String> texts = Collections.synchronizedList(new ArrayList<>());
    world.trouble =
        (role, text) -> {
          if (role == ModelRole.CRITIC) {
            texts.add(text);
          }
        };
    world.search(optimizer, SETTINGS, 1);
    assertThat(texts).hasSizeGreaterThan(3);
    return texts;
  }

  @Test
  void text_of_prompts_and_runs_is_put_into_a_meta_prompt_as_it_is() {
    String prompt = "Answer {\"a\": 1} or {{runs}} or $1 \\ {x.__class__} 🙂";
    var request =
        MetaPrompt.EDITS
            .getFirst()
            .fill(
                ModelRole.EDITOR,
                1.0,
                Map.of(
                    "prompt", new Letter().data(prompt),
                    "called", new Letter().say("As it is."),
                    "runs", new Letter().say("None."),
                    "critique", new Letter().data("{{prompt}}")));
    FencedTexts user =
        FencedTexts.of(request.body().path("messages").path(1).path("content").asText());
    assertThat(user.inside()).containsExactly(prompt, "{{prompt}}");
    assertThat(user.outside())
        .isEqualTo(
            "# Prompt\n\n\n\n# How the agent is called\n\nAs it is.\n\n# Runs that went wrong\n\nNone.\n\n# Critique\n\n");
  }

  private static ApoSettings settings(int concurrency) {
    return new ApoSettings(3, 2, 2, 3, 6, 1.0, concurrency);
  }
}
