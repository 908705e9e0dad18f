package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Usage;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.CallTerms;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.PromptGuard;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.SearchMeans;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What critic and editor are told, and what is made of their answers. */
class ReviserTest {
  private static final String PROMPT = "Is it positive or negative? {{review}}";
  private static final Candidate CANDIDATE = new Candidate("v0", PROMPT);
  private static final List<Task> TASKS =
      IntStream.range(0, 12).mapToObj(i -> task(i, i % 2 == 0 ? "positive" : "negative")).toList();

  private final List<ChatRequest> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<RunEvent> events = new ArrayList<>();
  private final CallPool pool = new CallPool(4, 1_000, new Cancellation());
  private final Choices choices = Choices.by(new SplittableRandom(5));
  private String critique = "- Say what negative means.";
  private String edit = "A better prompt {{review}}";
  private final Reviser reviser =
      new Reviser(
          request -> {
            asked.add(request);
            return answer(request.role() == ModelRole.CRITIC ? critique : edit);
          },
          1,
          pool,
          events::add,
          new Briefing(
              new OptimizationJob(
                  "run",
                  PROMPT,
                  TASKS,
                  List.of(),
                  List.of(),
                  ApoSettings.DEFAULT,
                  PromptGuard.of(PROMPT, PromptRules.NONE),
                  new CallTerms(false, 16, "gemma-3-270m"),
                  1,
                  SearchMeans.LETTERS)),
          false);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void a_critic_is_told_how_the_agent_is_called_the_score_and_which_failures_there_are()
      throws Exception {
    List<Rollout> known =
        List.of(
            run(0, "positive", 1),
            run(1, "negative", 1),
            run(2, "negative", 0),
            run(3, "Negative", 0),
            run(4, "I like it.", 0),
            nothing(5, "SAID_NOTHING"),
            nothing(6, "REFUSED"),
            new Rollout(TASKS.get(7), PROMPT, List.of(), "pos", graded(0), true));
    reviser.critiques(List.of(order(known)), choices, 1);
    assertThat(text(asked.getFirst()))
        .contains("The prompt is sent as the system message, and the input, alone and as it is")
        .contains("An answer has at most 16 tokens")
        .containsPattern("The agent's model is named:\n<data-\\w{16}>\ngemma-3-270m\n")
        .containsPattern("must stay in it:\n<data-\\w{16}>\n\\{\\{review}}\n")
        .contains(
            "The prompt was run on 8 tasks; its mean reward is 0.25. 2 got the full reward, 1 is"
                + " empty, 1 is declined by the model or a filter, 1 is cut off by the limit of"
                + " tokens, 2 are not in the form that is expected, 1 is wrong.")
        .contains("The agent's answer was empty: ")
        .doesNotContain("REFUSED");
  }

  @Test
  void a_critic_is_told_what_was_tried_and_what_it_did() throws Exception {
    List<Rollout> known = List.of(run(0, "negative", 0));
    Briefing.Tried tried =
        new Briefing.Tried(
            "- Add examples.",
            "+ An example: good.",
            new Lead(new Candidate("v3", "x"), 8, 4, -0.25, 0.1),
            2,
            1,
            List.of(run(4, "negative", 0), run(6, "neutral", 0), run(8, "negative", 0)));
    reviser.critiques(
        List.of(
            new Reviser.Order(CANDIDATE, Experiment.of(known, List.of()), known, List.of(tried))),
        choices,
        1);
    assertThat(text(asked.getFirst()))
        .containsPattern(
            "An edit was tried, by this critique:\n<data-\\w{16}>\n- Add examples\\.\n</data-\\w{16}>\n"
                + "It took out the lines with - and put in those with \\+:\n<data-\\w{16}>\n"
                + "\\+ An example: good\\.\n</data-\\w{16}>\n"
                + "On 8 tasks its mean reward was lower by 0\\.25: it mended 1 of the 2 that had less"
                + " than the full reward, and broke 3\\.")
        .contains("Nothing of this helped: a change of another kind may.")
        .contains("Review number 4.", "Review number 6.")
        .doesNotContain("Review number 8.");
  }

  @Test
  void no_letter_is_written_about_successes_alone() throws Exception {
    assertThat(
            reviser.critiques(
                List.of(order(List.of(run(0, "positive", 1), run(1, "negative", 1)))), choices, 1))
        .isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void no_two_equal_letters_are_sent_at_once() throws Exception {
    Reviser.Order order = order(List.of(run(0, "negative", 0)));
    assertThat(reviser.critiques(Collections.nCopies(5, order), choices, 1)).hasSize(3);
    assertThat(asked).extracting(ChatRequest::body).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void no_change_is_an_answer_of_a_critic_and_no_editor_is_asked() throws Exception {
    int task = 0;
    for (String said : List.of("NO CHANGE", "No change.", "Critique:\n- **NO CHANGE**")) {
      critique = said;
      assertThat(reviser.critiques(List.of(order(List.of(run(task, "x", 0)))), choices, 1))
          .as(said)
          .isEmpty();
      task++;
    }
    assertThat(asked).hasSize(3);
    critique = "- No change of tone; say what negative means.";
    assertThat(reviser.critiques(List.of(order(List.of(run(task, "x", 0)))), choices, 1))
        .hasSize(1);
  }

  @Test
  void what_a_critic_would_not_change_is_not_asked_again_whatever_went_well_beside_it()
      throws Exception {
    critique = "NO CHANGE";
    reviser.critiques(List.of(order(List.of(run(0, "x", 0), run(1, "negative", 1)))), choices, 1);
    critique = "- Say what negative means.";
    assertThat(
            reviser.critiques(
                List.of(
                    order(List.of(run(0, "x", 0), run(2, "positive", 1))),
                    order(List.of(run(0, "x", 0), run(4, "x", 0)))),
                choices,
                2))
        .hasSize(1);
    assertThat(asked).hasSize(2);
  }

  @Test
  void no_change_is_an_answer_of_an_editor_and_makes_no_prompt() throws Exception {
    edit = "NO CHANGE";
    assertThat(revisions(List.of(run(0, "negative", 0)))).isEmpty();
    edit = "A better prompt {{review}}";
    assertThat(revisions(List.of(run(0, "negative", 0))))
        .extracting(Reviser.Revision::prompt)
        .containsExactly(edit);
  }

  @Test
  void an_editor_is_shown_runs_that_went_wrong_and_none_that_went_well() throws Exception {
    revisions(List.of(run(2, "negative", 0), run(3, "negative", 1)));
    assertThat(text(asked.getLast()))
        .contains("Review number 2.")
        .doesNotContain("Review number 3.")
        .contains("- Say what negative means.");
  }

  @Test
  void a_label_that_a_critic_doubts_is_listed_and_stays_out_of_the_critique() throws Exception {
    critique = "- Say what negative means.\n**LABEL LOOKS WRONG:** runs 2 and 9\n";
    List<Reviser.Critique> critiques =
        reviser.critiques(
            List.of(order(List.of(run(4, "negative", 0), run(6, "negative", 0)))), choices, 1);
    assertThat(critiques)
        .extracting(Reviser.Critique::text)
        .containsExactly("- Say what negative means.");
    assertThat(reviser.remarks())
        .containsExactly(
            "Critics think that what is expected looks wrong on 1 task: t6. Have a look at them.");
    assertThat(events)
        .contains(
            new RunEvent.Note("warning", "A critic thinks that what task t6 expects is wrong."));
  }

  @Test
  void no_change_may_stand_beside_doubted_labels_and_each_of_them_is_heard() throws Exception {
    critique = "NO CHANGE\nLABEL LOOKS WRONG: run 1\nLABEL LOOKS WRONG: run 2";
    List<Rollout> known = List.of(run(4, "negative", 0), run(6, "negative", 0));
    assertThat(reviser.critiques(List.of(order(known)), choices, 1)).isEmpty();
    assertThat(known).allMatch(run -> reviser.isDoubted(run.task()));
  }

  @Test
  void an_editor_sees_runs_by_the_numbers_of_the_critics_letter_and_none_that_is_doubted()
      throws Exception {
    critique = "- Say what negative means.\nLABEL LOOKS WRONG: run 1";
    revisions(List.of(run(2, "negative", 0), run(3, "negative", 1), run(4, "negative", 0)));
    assertThat(text(asked.getLast()))
        .contains("## Run 3")
        .contains("Review number 4.")
        .doesNotContain("Review number 2.", "Review number 3.", "## Run 1");
  }

  @Test
  void a_critic_that_doubts_everything_is_not_believed() throws Exception {
    List<Rollout> known = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      known.add(run(i, "x", 0));
    }
    critique = "- Say more.\nLABEL LOOKS WRONG: runs 1, 2, 3, 4, 5, 6, 7, 8";
    reviser.critiques(List.of(order(known)), choices, 1);
    assertThat(known.stream().filter(run -> reviser.isDoubted(run.task()))).hasSize(2);
  }

  @Test
  void a_critic_is_told_where_nearly_all_goes_right() throws Exception {
    List<Rollout> known = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      known.add(run(i, "x", i == 0 ? 0 : 1));
    }
    reviser.critiques(List.of(order(known)), choices, 1);
    reviser.critiques(List.of(order(known.subList(0, 5))), choices, 1);
    assertThat(text(asked.getFirst())).contains("That is nearly all: a further change must not");
    assertThat(text(asked.getLast())).doesNotContain("That is nearly all");
  }

  @Test
  void letters_share_no_failure_and_there_are_no_more_than_the_failures_fill() {
    List<Rollout> known = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      known.add(run(i, "x", i < 8 ? 0 : 1));
    }
    List<List<Rollout>> letters = ShownRuns.of(3, known.subList(7, 10), known);
    assertThat(letters).hasSize(2);
    assertThat(letters.getFirst().getFirst()).isEqualTo(known.get(7));
    assertThat(letters)
        .allSatisfy(
            shown -> {
              assertThat(shown).hasSize(6);
              assertThat(shown.subList(0, 4)).allMatch(run -> run.reward().orElseThrow() == 0);
              assertThat(shown.subList(4, 6)).allMatch(run -> run.reward().orElseThrow() == 1);
            });
    assertThat(letters.getFirst().subList(0, 4))
        .doesNotContainAnyElementsOf(letters.getLast().subList(0, 4));
    assertThat(ShownRuns.of(1, List.of(), known)).singleElement().asInstanceOf(LIST).hasSize(8);
    assertThat(ShownRuns.of(3, List.of(), known.subList(8, 12))).isEmpty();
  }

  private List<Reviser.Revision> revisions(List<Rollout> known) throws SearchStopped {
    return reviser.revisions(reviser.critiques(List.of(order(known)), choices, 1), choices);
  }

  private static Reviser.Order order(List<Rollout> known) {
    return new Reviser.Order(CANDIDATE, Experiment.of(known, List.of()), known, List.of());
  }

  private static Task task(int number, String expected) {
    String id = "t" + number;
    return new Task(
        id, "Review number %d.".formatted(number), expected, List.of(), null, TaskSource.PROVIDED);
  }

  private static Rollout run(int task, String output, double reward) {
    return new Rollout(
        TASKS.get(task),
        PROMPT,
        List.of(new Message("user", TASKS.get(task).input()), new Message("assistant", output)),
        output,
        graded(reward));
  }

  private static Outcome graded(double reward) {
    return new Outcome.Rewarded(reward, "");
  }

  private static Rollout nothing(int task, String kind) {
    Failure failure = new Failure(kind, "worker", "the cause", "the remedy");
    return new Rollout(TASKS.get(task), PROMPT, List.of(), "", new Outcome.AgentFailed(failure));
  }

  private static String text(ChatRequest request) {
    StringBuilder text = new StringBuilder();
    request.body().path("messages").forEach(m -> text.append(m.path("content").asText()));
    return text.toString();
  }

  private static ChatAnswer answer(String content) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putArray("choices").addObject().putObject("message").put("content", content);
    return new ChatAnswer(body, new Usage(0, 0, true));
  }
}
