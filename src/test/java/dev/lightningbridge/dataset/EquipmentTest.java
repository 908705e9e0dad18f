package dev.lightningbridge.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.ModelSettings;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EquipmentTest {
  @ParameterizedTest
  @ValueSource(strings = {"[]", "", " ", "null", "{}", "[ ]"})
  void anAgentWithoutToolsAndFlowIsItsPromptAlone(String nothing) {
    assertThat(of(nothing, nothing).isNone()).isTrue();
  }

  @Test
  void toolsAreToldByNameAndTheStepsOfAFlowByType() {
    Equipment equipment =
        of(
            "[{\"id\":\"1\",\"name\":\"web_search\"},{\"id\":\"2\",\"name\":\" plan\\ntrip \"}]",
            "[{\"type\":\"start\"},{\"type\":\"prompt\"},{\"type\":\"output\"}]");
    assertThat(equipment.inWords())
        .isEqualTo("2 tools (web_search, plan trip) and a flow of 3 steps (start, prompt, output)");
  }

  @Test
  void oneOfTheTwoIsEnough() {
    assertThat(of("[{\"name\":\"calculate\"}]", "[]").inWords()).isEqualTo("1 tool (calculate)");
    assertThat(of("[]", "[{\"type\":\"prompt\"}]").inWords())
        .isEqualTo("a flow of 1 step (prompt)");
  }

  @Test
  void whatCannotBeReadIsThereAllTheSame() {
    assertThat(of("[{", "{\"nodes\":[1]}").inWords())
        .isEqualTo("1 tool (unreadable) and a flow of 1 step (unreadable)");
    assertThat(of("[7,{\"name\":null}]", "[]").inWords()).isEqualTo("2 tools (unnamed, unnamed)");
  }

  @Test
  void longListsAndNamesAreCut() {
    String many =
        IntStream.range(0, 20)
            .mapToObj(i -> "{\"name\":\"" + "😀".repeat(50) + "\"}")
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(of(many, "[]").inWords())
        .startsWith("20 tools (" + "😀".repeat(40) + "…, ")
        .endsWith(", …)")
        .hasSizeLessThan(800);
  }

  private static Equipment of(String tools, String flow) {
    return Equipment.of(
        new AgentVersion(
            "a",
            "l",
            1,
            "Agent",
            "",
            "Be brief.",
            new ModelSettings("m", null, null, null),
            tools,
            flow,
            "{}",
            "{}",
            0,
            0));
  }
}
