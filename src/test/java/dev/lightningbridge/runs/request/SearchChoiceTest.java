package dev.lightningbridge.runs.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.model.sandbox.JudgeHabit;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.runs.nights.NamedGraders;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SearchChoiceTest {
  @Test
  void what_is_left_out_is_as_usual() {
    SearchSettings settings = SearchChoice.USUAL.settings();
    assertThat(settings.engine()).isEqualTo(EngineChoice.AUTO);
    assertThat(settings.strategy()).isEqualTo(SearchStrategy.RACING);
    assertThat(GraderChoice.named(settings.grader())).isEqualTo(GraderChoice.AUTO);
    assertThat(settings.settings()).isEqualTo(ApoSettings.DEFAULT);
    assertThat(settings.validationTasks()).isEqualTo(16);
    assertThat(settings.humanNotes()).isTrue();
    assertThat(List.of(settings.seed(), settings.splitSeed(), (long) settings.synthesize()))
        .containsOnly(0L);
  }

  @Test
  void what_is_given_holds() {
    SearchSettings settings =
        new SearchChoice(
                "java",
                "apo",
                "judge",
                new SearchChoice.Beam(1, 2, 3, 4, 5, 6, 0.7, 8),
                9,
                10L,
                11L,
                false)
            .settings();
    assertThat(settings)
        .isEqualTo(
            new SearchSettings(
                EngineChoice.JAVA,
                SearchStrategy.APO,
                "judge",
                new ApoSettings(1, 2, 3, 4, 5, 0.7, 8),
                6,
                9,
                10,
                11,
                false));
  }

  @Test
  void a_name_that_is_none_is_refused() {
    assertThatThrownBy(() -> EngineChoice.named("Java"))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("no engine");
    assertThatThrownBy(() -> SearchStrategy.named("slow"))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("no strategy");
  }

  @Test
  void names_are_kept_as_they_are_said() {
    assertThat(Json.write(EngineChoice.AGENTLIGHTNING)).isEqualTo("\"agentlightning\"");
    assertThat(Json.read("\"apo\"", SearchStrategy.class)).isEqualTo(SearchStrategy.APO);
  }

  @Test
  void the_patterns_of_the_doors_take_each_name_and_no_other() {
    takes(EngineChoice.PATTERN, Arrays.stream(EngineChoice.values()).map(EngineChoice::label));
    takes(
        SearchStrategy.PATTERN, Arrays.stream(SearchStrategy.values()).map(SearchStrategy::label));
    takes(Algorithm.PATTERN, Arrays.stream(Algorithm.values()).map(Algorithm::label));
    names(JudgeHabit.PATTERN).forEach(JudgeHabit::named);
    assertThat(JudgeHabit.USUAL).matches(JudgeHabit.PATTERN);
    assertThat(GraderChoice.values())
        .allSatisfy(grader -> assertThat(grader.label()).matches(NamedGraders.PATTERN));
  }

  private static void takes(String pattern, Stream<String> labels) {
    assertThat(names(pattern)).containsExactlyElementsOf(labels.toList());
  }

  private static List<String> names(String pattern) {
    assertThat(pattern).matches("\\^\\([a-z|-]+\\)\\$");
    return List.of(pattern.substring(2, pattern.length() - 2).split("\\|"));
  }
}
