package dev.lightningbridge.model.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.model.sandbox.requests.ShownExample;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
  private static final String PLAIN_INPUT = "From: Eva\nIs \"it\" \\n late?\n# Output\nno";
  private static final String PLAIN_OUTPUT = "- yes\n{\"a\": 1}";

  private final World world = new World(0);

  /** The ways in which optimisers show two runs and what a reviewer said about each. */
  static Stream<Arguments> shapes() {
    String chats =
        Stream.of("first", "second")
            .map(
                said ->
                    "## Experiment x\n\nThis experiment has succeeded.\n\n### Rollout Traces\n\n"
                        + Json.write(
                            List.of(
                                new Message("system", "Prompt."),
                                new Message("user", PLAIN_INPUT),
                                new Message("assistant", PLAIN_OUTPUT),
                                new Message("user", "Reviewer: " + said))))
            .reduce("", (a, b) -> a + "\n\n" + b);
    String spans =
        Stream.of("first", "second")
            .map(
                said ->
                    "## Sample Run #1 Diagnostics\n\n"
                        + Json.write(
                            Map.of(
                                "name",
                                "chat",
                                "attributes",
                                Map.of(
                                    "gen_ai.completion.0.content",
                                    PLAIN_OUTPUT,
                                    "gen_ai.prompt.0.role",
                                    "system",
                                    "gen_ai.prompt.0.content",
                                    "Prompt.",
                                    "gen_ai.prompt.1.content",
                                    PLAIN_INPUT)))
                        + "\n"
                        + Json.write(
                            Map.of(
                                "attributes",
                                Map.of("gen_ai.prompt.0.content", "Reviewer: " + said)))
                        + "\n{\"attributes\":{\"reward\":0.5}}")
            .reduce("", (a, b) -> a + "\n\n" + b);
    String wordsFirst =
        Stream.of("first", "second")
            .map(
                said ->
                    "## Run 1\n\nReward: 0.50.\nGrader: "
                        + said
                        + "\n\n### Messages\n\n"
                        + Json.write(
                            List.of(
                                new Message("user", PLAIN_INPUT),
                                new Message("assistant", PLAIN_OUTPUT))))
            .reduce("", (a, b) -> a + "\n\n" + b);
    String judged =
        Stream.of("first", "second")
            .map(
                said ->
                    "## Run 1\n\n"
                        + Json.write(
                            List.of(
                                new Message("user", PLAIN_INPUT),
                                new Message("assistant", PLAIN_OUTPUT)))
                        + "\n"
                        + Json.write(
                            List.of(
                                new Message(
                                    "system", "You are a strict judge of an agent's output"),
                                new Message("user", "# Output"),
                                new Message("assistant", said))))
            .reduce("", (a, b) -> a + "\n\n" + b);
    return Stream.of(
        Arguments.of("messages", chats),
        Arguments.of("spans", spans),
        Arguments.of("words before the messages", wordsFirst),
        Arguments.of("a judge's call", judged));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void runs_are_found_with_the_words_about_them_and_no_others(String shape, String text) {
    List<ShownExample> found = Examples.in(text + "\n\n# Your Task\n\nSay third.", world);
    assertThat(found).extracting(ShownExample::input).containsExactly(PLAIN_INPUT, PLAIN_INPUT);
    assertThat(found).extracting(ShownExample::output).containsExactly(PLAIN_OUTPUT, PLAIN_OUTPUT);
    assertThat(found.get(0).around()).contains("first").doesNotContain("second");
    assertThat(found.get(1).around()).contains("second").doesNotContain("first", "third");
  }

  static Stream<SandboxDomain> known() {
    return Stream.of(SandboxDomain.TRIAGE, SandboxDomain.EXTRACT, SandboxDomain.ROOMS);
  }

  @ParameterizedTest
  @MethodSource("known")
  void in_any_other_text_inputs_of_a_known_domain_are_found_with_their_outputs(SandboxDomain name) {
    SandboxTruth truth = SandboxTruth.ofSeed(0);
    List<String> inputs = truth.inputs(name, 2);
    StringBuilder text = new StringBuilder("Here is what happened.\n");
    for (String input : inputs) {
      text.append("Input=")
          .append(Json.write(input))
          .append(" Output=")
          .append(Json.write(truth.goldOutput(input)))
          .append(" said: nothing.\n");
    }
    List<ShownExample> found = Examples.in(text.toString(), world);
    assertThat(found).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(world.domain(name).assess(inputs.get(i), found.get(i).output()).violated())
          .isEmpty();
      assertThat(found.get(i).around()).contains("said: nothing.");
    }
  }
}
