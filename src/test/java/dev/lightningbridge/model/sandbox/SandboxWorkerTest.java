package dev.lightningbridge.model.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SandboxWorkerTest {
  private static final int SEEDS = 6;

  private final Map<Long, SandboxModel> models = new HashMap<>();

  @ParameterizedTest
  @EnumSource
  void a_faultless_output_is_worth_everything(SandboxDomain name) {
    for (long seed = 0; seed < SEEDS; seed++) {
      SandboxTruth truth = SandboxTruth.ofSeed(seed);
      for (String input : truth.inputs(name, 60)) {
        String gold = truth.goldOutput(input);
        assertThat(truth.violated(input, gold)).as(input + "\n" + gold).isEmpty();
        assertThat(truth.trueReward(input, gold)).isCloseTo(1, within(1e-9));
      }
    }
  }

  @Test
  void over_the_three_domains_seed_and_best_prompt_earn_what_the_prototypes_earned() {
    double seedPrompt = 0;
    double bestPrompt = 0;
    for (SandboxDomain name :
        List.of(SandboxDomain.TRIAGE, SandboxDomain.EXTRACT, SandboxDomain.ROOMS)) {
      for (long seed = 0; seed < SEEDS; seed++) {
        SandboxTruth truth = SandboxTruth.ofSeed(seed);
        seedPrompt += mean(seed, name, truth.seedPrompt(name)) / (3 * SEEDS);
        bestPrompt += mean(seed, name, truth.bestPrompt(name)) / (3 * SEEDS);
      }
    }
    assertThat(seedPrompt).isCloseTo(0.15, within(0.05));
    assertThat(bestPrompt).isCloseTo(0.944, within(0.02));
  }

  @Test
  void an_unknown_kind_of_input_has_as_much_to_gain() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SandboxTruth truth = SandboxTruth.ofSeed(seed);
      double seedPrompt =
          mean(seed, SandboxDomain.GENERIC, truth.seedPrompt(SandboxDomain.GENERIC));
      assertThat(seedPrompt).isBetween(0.05, 0.4);
      assertThat(mean(seed, SandboxDomain.GENERIC, truth.bestPrompt(SandboxDomain.GENERIC)))
          .isGreaterThan(0.88);
    }
  }

  @ParameterizedTest
  @EnumSource
  void distractors_cost_reward(SandboxDomain name) {
    double lost = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      String best = SandboxTruth.ofSeed(seed).bestPrompt(name);
      String distracted =
          new World(seed)
              .domain(name).table().distractors().stream()
                  .map(d -> "\n- " + d.texts().get(0))
                  .reduce(best, String::concat);
      lost += (mean(seed, name, best) - mean(seed, name, distracted)) / SEEDS;
    }
    assertThat(lost).isGreaterThan(0.1);
  }

  @Test
  void a_conflicting_instruction_weakens_the_skill_it_fights() {
    String json = "Return only one valid JSON object, no other text.";
    double clean = share(json);
    double fought = share(json + "\nOpen with a warm greeting to the customer.");
    assertThat(clean).isGreaterThan(0.9);
    assertThat(fought).isLessThan(0.6);
  }

  @Test
  void a_hedge_and_length_each_change_how_far_a_prompt_is_obeyed() {
    String json = "Return only one valid JSON object, no other text.";
    double hedged = share("If possible: " + json);
    double padded = share(json + " word".repeat(700));
    assertThat(hedged).isBetween(0.6, 0.92);
    assertThat(padded).isBetween(0.6, 0.92);
  }

  @ParameterizedTest
  @EnumSource
  void the_answer_depends_on_request_seed_and_ordinal_alone(SandboxDomain name) {
    String input = SandboxTruth.ofSeed(7).inputs(name, 1).get(0);
    ChatRequest request =
        ChatRequest.of(ModelRole.WORKER, "any", "Answer in some way.", input, 0.7);
    List<String> answers =
        IntStream.range(0, 20).mapToObj(i -> text(7, request.withOrdinal(i))).toList();
    List<String> again =
        IntStream.range(0, 20).mapToObj(i -> text(7, request.withOrdinal(i))).toList();
    assertThat(again).isEqualTo(answers);
    assertThat(answers.stream().distinct().count()).isGreaterThan(1);
    ChatRequest cold = ChatRequest.of(ModelRole.WORKER, "any", "Answer in some way.", input, 0);
    assertThat(IntStream.range(0, 20).mapToObj(i -> text(7, cold.withOrdinal(i))).distinct())
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(value = SandboxDomain.class, mode = Mode.EXCLUDE, names = "GENERIC")
  void without_a_system_message_the_instructions_stand_before_the_input(SandboxDomain name) {
    SandboxTruth truth = SandboxTruth.ofSeed(3);
    double sum = 0;
    List<String> inputs = truth.inputs(name, 60);
    for (String input : inputs) {
      String all = truth.bestPrompt(name) + "\n\n" + input;
      sum += truth.trueReward(input, text(3, ChatRequest.of(ModelRole.WORKER, "any", "", all, 0)));
    }
    assertThat(sum / inputs.size()).isGreaterThan(0.85);
  }

  @Test
  void a_demonstration_teaches_half_as_well_as_an_instruction() {
    SandboxTruth truth = SandboxTruth.ofSeed(1);
    List<String> inputs = truth.inputs(SandboxDomain.TRIAGE, 150);
    String shown = inputs.getFirst();
    long json =
        inputs.stream()
            .map(i -> ChatRequest.of(ModelRole.WORKER, "any", "Sort the ticket.", i, 0))
            .peek(r -> demonstrate(r, shown, truth.goldOutput(shown)))
            .filter(r -> JsonOutput.parse(text(1, r)).isPresent())
            .count();
    assertThat(json / 150.0).isBetween(0.65, 0.92);
  }

  private static void demonstrate(ChatRequest request, String input, String output) {
    ArrayNode messages = (ArrayNode) request.body().get("messages");
    messages.insertObject(1).put("role", "assistant").put("content", output);
    messages.insertObject(1).put("role", "user").put("content", input);
  }

  @Test
  void parts_of_content_and_unknown_roles_are_read_as_they_come() {
    String input = SandboxTruth.ofSeed(0).inputs(SandboxDomain.ROOMS, 1).getFirst();
    ChatRequest plain = ChatRequest.of(ModelRole.WORKER, "any", "", input, 0);
    ChatRequest parts = ChatRequest.of(ModelRole.WORKER, "any", "", "", 0);
    ((ObjectNode) parts.body().get("messages").get(0))
        .putArray("content")
        .addObject()
        .put("type", "text")
        .put("text", input);
    assertThat(text(0, parts)).isEqualTo(text(0, plain));
    ((ArrayNode) parts.body().get("messages")).addObject().put("role", "critic").putNull("content");
    assertThat(text(0, parts)).isNotEmpty();
  }

  /** How often the worker writes JSON when asked so. */
  private double share(String instruction) {
    List<String> inputs = SandboxTruth.ofSeed(1).inputs(SandboxDomain.TRIAGE, 150);
    long json =
        inputs.stream()
            .map(i -> ChatRequest.of(ModelRole.WORKER, "any", instruction, i, 0))
            .filter(r -> JsonOutput.parse(text(1, r)).isPresent())
            .count();
    return (double) json / inputs.size();
  }

  private double mean(long seed, SandboxDomain name, String prompt) {
    SandboxTruth truth = SandboxTruth.ofSeed(seed);
    double sum = 0;
    List<String> inputs = truth.inputs(name, 100);
    for (String input : inputs) {
      ChatRequest request = ChatRequest.of(ModelRole.WORKER, "any", prompt, input, 0);
      sum += truth.trueReward(input, text(seed, request));
    }
    return sum / inputs.size();
  }

  private String text(long seed, ChatRequest request) {
    try {
      return models.computeIfAbsent(seed, SandboxModel::ofSeed).complete(request).text();
    } catch (ModelException e) {
      throw new AssertionError(e);
    }
  }
}
