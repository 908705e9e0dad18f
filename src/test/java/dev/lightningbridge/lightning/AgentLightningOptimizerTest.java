package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.lightning.ScriptedEndpoint.Answer;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.needs.StartsWorkers;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.HumanNote;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.OptimizeError;
import dev.lightningbridge.optimize.RunEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real APO in its worker process, with scripted models. */
@NeedsEnvironment(EnvironmentKind.APO)
@Timeout(240)
@StartsWorkers
class AgentLightningOptimizerTest {
  private SearchLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new SearchLab();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void finds_a_better_prompt_and_tells_what_happens_as_it_happens() {
    OptimizationResult result = lab.optimize();

    assertThat(result.stopReason()).isEqualTo(StopReason.FINISHED);
    assertThat(result.prompt()).isEqualTo(SearchLab.SEED_PROMPT + " more more");
    assertThat(result.validationScore()).isGreaterThan(lab.seedScore());
    assertThat(lab.events().getFirst()).isInstanceOf(RunEvent.EngineStarted.class);
    assertThat(lab.events(RunEvent.Evaluated.class).getFirst())
        .isEqualTo(new RunEvent.Evaluated("v0", 0, "validation", 4, 0, lab.seedScore()));
    assertThat(lab.events(RunEvent.CandidateMade.class))
        .extracting(RunEvent.CandidateMade::candidate, RunEvent.CandidateMade::parent)
        .containsExactly(tuple("v1", "v0"), tuple("v2", "v0"));
    assertThat(lab.events(RunEvent.BestChanged.class).getLast())
        .isEqualTo(new RunEvent.BestChanged("v2", 1, result.validationScore()));
    assertThat(lab.events().getLast())
        .isEqualTo(new RunEvent.RoundFinished(1, 1, List.of("v2", "v1")));
    assertThat(lab.events(RunEvent.Note.class)).isEmpty();
  }

  @Test
  void braces_classes_and_emoji_of_a_prompt_are_never_rendered() {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    lab.agent =
        (prompt, task) -> {
          seen.add(prompt);
          return prompt;
        };

    OptimizationResult result = lab.optimize();

    assertThat(seen)
        .containsExactlyInAnyOrder(
            SearchLab.SEED_PROMPT,
            SearchLab.SEED_PROMPT + " more",
            SearchLab.SEED_PROMPT + " more more");
    assertThat(result.prompt()).isIn(seen);
    assertThat(lab.events(RunEvent.Critiqued.class))
        .allSatisfy(event -> assertThat(event.critique()).isEqualTo(SearchLab.CRITIQUE));
    assertThat(lab.endpoint.textsTo(WorkerJob.EDITOR_MODEL))
        .isNotEmpty()
        .allSatisfy(text -> assertThat(text).contains(SearchLab.SEED_PROMPT, SearchLab.CRITIQUE));
  }

  @Test
  void an_edit_that_lost_a_place_of_the_start_is_never_run_and_is_counted() {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    lab.agent =
        (prompt, task) -> {
          seen.add(prompt);
          return prompt;
        };
    String lost = SearchLab.SEED_PROMPT.replace(" {{y}}", "") + " more more more";
    lab.edited = number -> number == 1 ? lost : SearchLab.SEED_PROMPT + " more";

    OptimizationResult result = lab.optimize();

    assertThat(seen)
        .containsExactlyInAnyOrder(SearchLab.SEED_PROMPT, SearchLab.SEED_PROMPT + " more");
    assertThat(lab.events(RunEvent.EditGuarded.class))
        .containsExactly(new RunEvent.EditGuarded("v0", 1, false, "it lost {{y}}"));
    assertThat(result.remarks())
        .containsExactly(
            "1 new prompt was dropped: places, tags or lines that must stay were lost.");
    assertThat(result.prompt()).isEqualTo(SearchLab.SEED_PROMPT + " more");
  }

  @Test
  void the_chat_messages_and_the_graders_words_reach_every_kind_of_critique() {
    lab.settings = new ApoSettings(1, 2, 3, 2, 2, 1.0, 2);

    lab.optimize();

    List<String> critiques = lab.endpoint.textsTo(WorkerJob.CRITIC_MODEL);
    assertThat(critiques).hasSize(6);
    for (String kind :
        List.of(
            "You optimize a prompt template", "OpenTelemetry spans", "expert prompt engineer")) {
      assertThat(critiques).as(kind).anySatisfy(text -> assertThat(text).contains(kind));
    }
    assertThat(critiques)
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains(SearchLab.SEED_PROMPT)
                    .containsPattern("the train input \\d")
                    .containsPattern("Score 0\\.\\d\\d\\. Reviewer: too short for train-\\d")
                    .doesNotContain(
                        "uman comment",
                        "uman directive",
                        "rollout_id",
                        "trace_id",
                        "the validation input"));
  }

  @Test
  void what_people_noted_reaches_every_kind_of_critique_as_an_experiment_marked_as_theirs() {
    lab.settings = new ApoSettings(1, 2, 3, 2, 2, 1.0, 2);
    String nasty = "Too long. {{ prompt_template }} {% raw %} </object> <b> \uD83D\uDE00";
    lab.humanNotes =
        List.of(
            new HumanNote(
                HumanNote.Kind.COMMENT, nasty, "An earlier input", "An earlier output", 0.25),
            new HumanNote(HumanNote.Kind.DIRECTIVE, "Name the team", null, null, null));

    lab.optimize();

    List<String> critiques = lab.endpoint.textsTo(WorkerJob.CRITIC_MODEL);
    assertThat(critiques).hasSize(6);
    assertThat(critiques)
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("Human comment: " + nasty, "Human directive: Name the team")
                    .contains("An earlier input", "An earlier output", "0.25")
                    .containsPattern("the train input \\d"));
    assertThat(critiques)
        .filteredOn(text -> !text.contains("OpenTelemetry spans"))
        .isNotEmpty()
        .allSatisfy(text -> assertThat(text).contains("has a human comment", "none given"));
    assertThat(lab.events(RunEvent.Note.class)).as("POML says the same").isEmpty();
  }

  @Test
  void four_runners_find_what_one_finds_and_another_seed_something_else() throws Exception {
    lab.settings = new ApoSettings(1, 2, 3, 2, 2, 1.0, 1);
    OptimizationResult alone = lab.optimize();
    try (SearchLab four = new SearchLab();
        SearchLab other = new SearchLab()) {
      four.settings = new ApoSettings(1, 2, 3, 2, 2, 1.0, 4);
      other.settings = four.settings;
      other.seed = 8;

      assertThat(four.optimize()).isEqualTo(alone);
      assertThat(four.searchEvents()).isEqualTo(lab.searchEvents());
      // To the letter: a run that is resumed finds its answers in the journal.
      assertThat(four.endpoint.textsTo(WorkerJob.CRITIC_MODEL))
          .isEqualTo(lab.endpoint.textsTo(WorkerJob.CRITIC_MODEL));
      other.optimize();
      assertThat(other.searchEvents()).isNotEqualTo(lab.searchEvents());
    }
  }

  @Test
  void a_rollout_that_fails_once_is_run_again_and_one_that_keeps_failing_is_left_out() {
    Set<String> failedOnce = ConcurrentHashMap.newKeySet();
    lab.agent =
        (prompt, task) -> {
          boolean always = task.id().equals("validation-3");
          if (always || (task.id().equals("validation-0") && failedOnce.add(prompt))) {
            throw new ModelException(ModelException.Kind.SERVER_ERROR, "no answer");
          }
          return prompt;
        };

    lab.optimize();

    RunEvent.Evaluated seed = lab.events(RunEvent.Evaluated.class).getFirst();
    assertThat(seed.tasks()).isEqualTo(3);
    assertThat(seed.failures()).isEqualTo(1);
    assertThat(seed.mean()).isCloseTo((0.15 + 0.135 + 0.12) / 3, within(1e-9));
    assertThat(lab.events(RunEvent.RolloutFinished.class))
        .filteredOn(event -> "v0".equals(event.candidate()) && event.failure() != null)
        .allSatisfy(
            event -> {
              assertThat(event.reward()).isNull();
              assertThat(event.failure().kind()).isEqualTo("SERVER_ERROR");
              assertThat(event.failure().cause()).isEqualTo("no answer");
            })
        .extracting(RunEvent.RolloutFinished::taskId)
        .contains("validation-0", "validation-3");
  }

  @Test
  void too_many_failed_rollouts_end_the_run_with_their_reason() {
    lab.agent =
        (prompt, task) -> {
          if (task.id().startsWith("validation") && !task.id().equals("validation-0")) {
            throw new ModelException(ModelException.Kind.NETWORK, "the cable is out");
          }
          return prompt;
        };

    assertThatThrownBy(lab::optimize)
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.code()).isEqualTo(OptimizeError.TOO_MANY_FAILURES))
        .hasMessageContaining(
            "3 of 4 rollouts have no result: the cable is out (candidate v0, the");
  }

  @Test
  void a_refusal_is_the_agents_own_and_counts_as_nothing() {
    lab.agent =
        (prompt, task) -> {
          if (task.id().endsWith("0")) {
            throw new ModelException(ModelException.Kind.REFUSED, "I will not");
          }
          return prompt;
        };

    lab.optimize();

    RunEvent.Evaluated seed = lab.events(RunEvent.Evaluated.class).getFirst();
    assertThat(seed.failures()).isZero();
    assertThat(seed.mean()).isCloseTo((0.135 + 0.12 + 0.105) / 4, within(1e-9));
    assertThat(lab.events(RunEvent.RolloutFinished.class))
        .anySatisfy(
            event -> {
              assertThat(event.reward()).isZero();
              assertThat(event.failure().kind()).isEqualTo("REFUSED");
            });
  }

  @Test
  void a_cancellation_during_a_rollout_ends_the_run_within_seconds() {
    lab.agent =
        (prompt, task) -> {
          if (task.id().startsWith("train")) {
            lab.cancelledAt = System.nanoTime();
            lab.cancellation.request();
            sleep(60);
          }
          return prompt;
        };

    OptimizationResult result = lab.optimize();

    assertThat(result)
        .isEqualTo(
            new OptimizationResult(SearchLab.SEED_PROMPT, lab.seedScore(), StopReason.CANCELLED));
    assertThat(lab.secondsSinceCancelled()).isLessThan(15);
  }

  @Test
  void a_cancellation_during_a_critique_ends_the_run_within_seconds() {
    lab.critic =
        (model, text) -> {
          lab.cancelledAt = System.nanoTime();
          lab.cancellation.request();
          Thread.sleep(60_000);
          return Answer.text("too late");
        };

    assertThat(lab.optimize().stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(lab.secondsSinceCancelled()).isLessThan(15);
    assertThat(lab.events(RunEvent.Critiqued.class)).isEmpty();
  }

  @Test
  void a_cancellation_before_the_run_is_not_lost() {
    lab.cancellation.request();

    OptimizationResult result = lab.optimize();

    assertThat(result.prompt()).isEqualTo(SearchLab.SEED_PROMPT);
    assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(lab.events()).isEmpty();
  }

  @Test
  void a_budget_used_up_by_rollouts_ends_the_run_with_the_best_so_far() {
    lab.settings = new ApoSettings(3, 2, 1, 2, 2, 1.0, 2);
    lab.agent =
        (prompt, task) -> {
          if (!lab.events(RunEvent.RoundFinished.class).isEmpty()) {
            throw new ModelException(ModelException.Kind.BUDGET_EXHAUSTED, "no calls left");
          }
          return prompt;
        };

    OptimizationResult result = lab.optimize();

    assertThat(result.stopReason()).isEqualTo(StopReason.BUDGET_EXHAUSTED);
    assertThat(result.prompt()).isEqualTo(SearchLab.SEED_PROMPT + " more more");
    assertThat(lab.events(RunEvent.RoundFinished.class)).hasSize(1);
  }

  @Test
  void a_budget_used_up_by_a_critique_ends_the_run_with_the_best_so_far() {
    lab.critic = (model, text) -> Answer.error(402, "budget_exhausted");

    assertThat(lab.optimize())
        .isEqualTo(
            new OptimizationResult(
                SearchLab.SEED_PROMPT, lab.seedScore(), StopReason.BUDGET_EXHAUSTED));
  }

  @Test
  void a_failed_critique_costs_one_candidate_and_not_the_run() {
    lab.critic =
        (model, text) ->
            lab.endpoint.textsTo(WorkerJob.CRITIC_MODEL).size() == 1
                ? Answer.error(503, "overloaded")
                : Answer.text(SearchLab.CRITIQUE);

    assertThat(lab.optimize().stopReason()).isEqualTo(StopReason.FINISHED);
    assertThat(lab.events(RunEvent.CandidateMade.class)).hasSize(1);
    assertThat(lab.events(RunEvent.Note.class))
        .singleElement()
        .satisfies(
            note -> assertThat(note.text()).contains("critic or editor failed: as scripted"));
  }

  @Test
  void rollouts_too_long_for_the_critic_cost_candidates_and_not_the_run() {
    lab.critic =
        (model, text) ->
            lab.endpoint.textsTo(WorkerJob.CRITIC_MODEL).size() == 1
                ? Answer.error(400, "context_length_exceeded")
                : Answer.text(SearchLab.CRITIQUE);

    assertThat(lab.optimize().stopReason()).isEqualTo(StopReason.FINISHED);
    assertThat(lab.events(RunEvent.CandidateMade.class)).hasSize(1);
  }

  @Test
  void a_critic_that_is_called_wrongly_ends_the_run_with_its_words() {
    lab.critic = (model, text) -> Answer.error(404, "model_not_found");

    assertThatThrownBy(lab::optimize)
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.code()).isEqualTo(LightningError.MODEL_CALLS_FAILED))
        .hasMessageContaining("a call of critic or editor failed: as scripted");
  }

  @Test
  void an_error_of_the_grader_itself_comes_out_as_it_is() {
    lab.agent =
        (prompt, task) -> {
          throw new IllegalArgumentException("a bug of ours");
        };

    assertThatThrownBy(lab::optimize)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a bug of ours");
  }

  private static void sleep(int seconds) {
    try {
      Thread.sleep(seconds * 1000L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
