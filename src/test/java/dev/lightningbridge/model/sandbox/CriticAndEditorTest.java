package dev.lightningbridge.model.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CriticAndEditorTest {
  private static final long SEED = 2;

  private final SandboxModel model = SandboxModel.ofSeed(SEED);
  private final SandboxTruth truth = SandboxTruth.ofSeed(SEED);
  private final World world = new World(SEED);
  private final Map<SandboxDomain, List<String>> inputs =
      Arrays.stream(SandboxDomain.values())
          .collect(Collectors.toMap(d -> d, d -> truth.inputs(d, 160)));

  @ParameterizedTest
  @EnumSource
  void a_critique_is_the_truer_the_more_its_request_shows(SandboxDomain name)
      throws ModelException {
    double blind = truthfulness(name, false, false);
    double scored = truthfulness(name, true, false);
    double reviewed = truthfulness(name, true, true);
    assertThat(scored).isGreaterThan(blind + 0.1);
    assertThat(reviewed).isGreaterThan(scored + 0.1);
  }

  @ParameterizedTest
  @EnumSource
  void every_template_of_agentlightning_gets_the_same_kind_of_critique(SandboxDomain name)
      throws ModelException {
    String prompt = truth.seedPrompt(name);
    List<String> runs = runs(name, prompt, true, true, 0);
    for (ChatRequest request :
        List.of(
            MetaPrompts.critique1(prompt, runs),
            MetaPrompts.critique2(prompt, runs),
            MetaPrompts.critique3(prompt, runs))) {
      String critique = model.complete(request).text();
      assertThat(critique).startsWith("Critique:\n- ");
      assertThat(world.domain(name).strengths(critique)).isNotEmpty();
    }
  }

  @Test
  void a_persons_comment_is_heard_first() throws ModelException {
    String prompt = truth.seedPrompt(SandboxDomain.TRIAGE);
    List<String> runs = new ArrayList<>(runs(SandboxDomain.TRIAGE, prompt, true, false, 0));
    runs.add("Human comment: Use the priority codes P1 to P4.");
    int heard = 0;
    for (int i = 0; i < 40; i++) {
      String critique = model.complete(MetaPrompts.critique1(prompt, runs).withOrdinal(i)).text();
      heard += world.domain(SandboxDomain.TRIAGE).strengths(critique).containsKey("codes") ? 1 : 0;
    }
    assertThat(heard).isGreaterThan(35);
  }

  @ParameterizedTest
  @EnumSource
  void an_edit_works_in_what_the_critique_says_most_of_the_time(SandboxDomain name)
      throws ModelException {
    Domain domain = world.domain(name);
    List<Skill> skills = domain.table().skills().subList(0, 3);
    String critique =
        skills.stream().map(s -> "- " + s.texts().get(1)).collect(Collectors.joining("\n"));
    int worked = 0;
    int one = 0;
    for (int i = 0; i < 50; i++) {
      String all = edit(MetaPrompts.edit1(truth.seedPrompt(name), critique), i);
      worked += domain.strengths(all).size();
      one += domain.strengths(edit(MetaPrompts.edit2(truth.seedPrompt(name), critique), i)).size();
    }
    assertThat(worked / 150.0).isBetween(0.7, 0.95);
    assertThat(one / 50.0).isBetween(0.6, 1.0);
  }

  @Test
  void what_an_edit_does_not_touch_stays_character_by_character() throws ModelException {
    String prompt =
        "# Role\n\nSort tickets {x.__class__} as {\"answer\": 1} 🏳️‍🌈\r\n\n  ## Critique of pure reason #\n### End ##";
    String edited = edit(MetaPrompts.edit1(prompt, "- Use the priority codes P1 to P4."), 0);
    assertThat(edited).startsWith(prompt);
  }

  @ParameterizedTest
  @EnumSource
  void critique_edit_and_selection_make_a_bad_prompt_good(SandboxDomain name)
      throws ModelException {
    String best = truth.seedPrompt(name);
    double start = mean(name, best);
    double score = start;
    for (int round = 0; round < 24; round++) {
      String critique =
          model.complete(MetaPrompts.critique1(best, runs(name, best, true, true, round))).text();
      String child = edit(MetaPrompts.edit1(best, critique), round);
      double childScore = mean(name, child);
      if (childScore > score) {
        best = child;
        score = childScore;
      }
    }
    assertThat(score).as(best).isGreaterThan(0.75).isGreaterThan(start + 0.3);
  }

  @ParameterizedTest
  @EnumSource
  void a_reflector_answers_with_a_changed_prompt_in_a_fence(SandboxDomain name)
      throws ModelException {
    String prompt = truth.seedPrompt(name);
    String input = inputs.get(name).getFirst();
    String output = output(prompt, input);
    String request =
        "I provided an assistant with the following instructions to perform a task for me:\n```\n"
            + prompt
            + "\n```\n\nThe following are examples of different task inputs provided to the"
            + " assistant along with the assistant's response for each of them, and some feedback"
            + " on how the assistant's response could be better:\n```\n# Example 1\n## Inputs\n"
            + input
            + "\n\n## Generated Outputs\n"
            + output
            + "\n\n## Feedback\nScore 0.2. Reviewer: "
            + String.join(" ", truth.violated(input, output))
            + "\n\n```\n\nYour task is to write a new instruction for the assistant.";
    Set<String> asked = Set.of();
    for (int i = 0; i < 5 && asked.isEmpty(); i++) {
      String answer =
          model
              .complete(ChatRequest.of(ModelRole.CRITIC, "any", "", request, 1).withOrdinal(i))
              .text();
      assertThat(answer).startsWith("```\n" + prompt).endsWith("\n```");
      asked = world.domain(name).strengths(answer).keySet();
    }
    assertThat(asked).isNotEmpty();
  }

  /** The share of the critiques' points that name a skill required by the seed. */
  private double truthfulness(SandboxDomain name, boolean scored, boolean reviewed)
      throws ModelException {
    Domain domain = world.domain(name);
    String prompt = truth.seedPrompt(name);
    int required = 0;
    int all = 0;
    for (int i = 0; i < 40; i++) {
      String critique =
          model
              .complete(MetaPrompts.critique3(prompt, runs(name, prompt, scored, reviewed, i)))
              .text();
      for (String id : domain.strengths(critique).keySet()) {
        all++;
        required += domain.profile().requires(domain.table().instruction(id)) ? 1 : 0;
      }
    }
    return (double) required / all;
  }

  private List<String> runs(
      SandboxDomain name, String prompt, boolean scored, boolean reviewed, int offset)
      throws ModelException {
    List<String> runs = new ArrayList<>();
    for (String input : inputs.get(name).subList(4 * offset, 4 * offset + 4)) {
      String output = output(prompt, input);
      List<Message> messages =
          new ArrayList<>(
              List.of(
                  new Message("system", prompt),
                  new Message("user", input),
                  new Message("assistant", output)));
      if (reviewed) {
        String said = String.join(" ", truth.violated(input, output));
        messages.add(new Message("user", "Score 0.3. Reviewer: " + said));
      }
      runs.add((scored ? "It gets a final reward: 0.3\n\n" : "") + Json.write(messages));
    }
    return runs;
  }

  private String output(String prompt, String input) throws ModelException {
    return model.complete(ChatRequest.of(ModelRole.WORKER, "any", prompt, input, 0)).text();
  }

  private String edit(ChatRequest request, int ordinal) throws ModelException {
    return model.complete(request.withOrdinal(ordinal)).text();
  }

  private double mean(SandboxDomain name, String prompt) throws ModelException {
    double sum = 0;
    for (String input : inputs.get(name).subList(100, 140)) {
      sum += truth.trueReward(input, output(prompt, input)) / 40;
    }
    return sum;
  }
}
