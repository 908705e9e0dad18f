package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.CapturedTasks;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.split.NearDuplicates;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.FencedTexts;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.Usage;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.ledger.SyntheticTasks;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthesisTest {
  private static final Session SESSION =
      new Session("s", "Tickets", "Sort tickets", "Answer in JSON", null, 0);

  private final List<RunEvent> events = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void the_model_writes_what_is_missing_and_no_two_say_nearly_the_same() {
    Task there = captured(RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 1).get(0));
    List<Task> made = synthesis(SandboxModel.ofSeed(7)).upTo(60, SESSION, List.of(there));
    assertThat(made).hasSize(60).extracting(Task::source).containsOnly(TaskSource.SYNTHETIC);
    NearDuplicates seen = new NearDuplicates();
    seen.add(there.input());
    assertThat(made).allSatisfy(task -> assertThat(seen.add(task.input())).isTrue());
  }

  @Test
  void kept_synthetic_tasks_count_and_are_not_written_again() {
    Task there = captured(RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 1).get(0));
    List<Task> first = synthesis(SandboxModel.ofSeed(7)).upTo(10, SESSION, List.of(there));
    List<Task> all = new ArrayList<>(first);
    all.add(there);
    List<Task> more = synthesis(SandboxModel.ofSeed(7)).upTo(15, SESSION, all);
    assertThat(more).hasSize(5).doesNotContainAnyElementsOf(first);
  }

  @Test
  void need_constraints_and_inputs_stand_in_fences() {
    for (String planted : FencedTexts.PLANTED) {
      List<String> asked = new ArrayList<>();
      ChatModel answering = answering("[\"PLANTED other input\"]", "[]", "[]", "[]");
      ChatModel model =
          request -> {
            asked.add(request.body().path("messages").path(1).path("content").textValue());
            return answering.complete(request);
          };
      Session session =
          new Session("s", "PLANTED", "PLANTED need " + planted, "PLANTED limits", null, 0);
      synthesis(model).upTo(30, session, List.of(captured("PLANTED input " + planted)));

      FencedTexts second = FencedTexts.of(asked.get(1));
      assertThat(second.outside()).doesNotContain("PLANTED").contains("Already written");
      assertThat(second.inside())
          .hasSize(4)
          .startsWith(
              "PLANTED need " + planted,
              "PLANTED limits",
              Json.write(List.of("PLANTED input " + planted)));
    }
  }

  @Test
  void answers_that_bring_nothing_new_end_the_writing() {
    List<Task> made =
        synthesis(answering("[\"One input\"]", "[\"one INPUT!\"]", "no list", "[]", "[\"late\"]"))
            .upTo(5, SESSION, List.of(captured("There")));
    assertThat(made).extracting(Task::input).containsExactly("One input");
    assertThat(events).anySatisfy(e -> assertThat(e.toString()).contains("1 written now"));
  }

  @Test
  void a_list_within_other_words_is_found_and_what_is_no_text_is_left_out() {
    List<Task> made =
        synthesis(answering("Here:\n```json\n[\"A b c\", 5, \"\", null, \"D e f\"]\n```\nDone."))
            .upTo(2, SESSION, List.of(captured("There")));
    assertThat(made).extracting(Task::input).containsExactly("A b c", "D e f");
  }

  @Test
  void a_session_with_one_input_gets_a_verdict_that_says_what_it_rests_on() {
    try (RunLab lab = new RunLab(folder, 1)) {
      lab.acceptJudge = true;
      RunResult result =
          lab.run(lab.finding(RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE)), lab.synthesizing(60));
      assertThat(result.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(result.reason()).contains("test tasks are synthetic");
      assertThat(new SyntheticTasks(lab.database, Clock.systemUTC()).of(lab.session)).hasSize(60);

      RunResult again =
          lab.run(lab.finding(RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE)), lab.synthesizing(60));
      assertThat(lab.runs.spending().byRole(result.runId())).containsKey("synthesizer");
      assertThat(lab.runs.spending().byRole(again.runId())).doesNotContainKey("synthesizer");
    }
  }

  private Synthesis synthesis(ChatModel model) {
    return new Synthesis(model, "any", events::add, new Cancellation());
  }

  private static Task captured(String input) {
    return CapturedTasks.task(InputKey.of(input), input, "s", null);
  }

  /** Answers these in turn, and then fails. */
  private static ChatModel answering(String... texts) {
    Deque<String> answers = new ArrayDeque<>(Arrays.asList(texts));
    return new ChatModel() {
      @Override
      public ChatAnswer complete(ChatRequest request) throws ModelException {
        if (answers.isEmpty()) {
          throw new ModelException(ModelException.Kind.BUDGET_EXHAUSTED, "nothing left");
        }
        return new ChatAnswer(
            Json.mapper()
                .valueToTree(
                    Map.of(
                        "choices",
                        List.of(Map.of("message", Map.of("content", answers.removeFirst()))))),
            new Usage(1, 1, true));
      }
    };
  }
}
