package dev.lightningbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.RunEvent.TrainingStep;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepPlotTest {
  private static TrainingStep step(int step, Map<String, Double> metrics) {
    return new TrainingStep(step, 1000, metrics);
  }

  private static JsonNode panels(StepPlot plot) {
    return Json.read(plot.json(), JsonNode.class).path("panels");
  }

  @Test
  void each_metric_has_a_panel_with_validation_beside_it() {
    StepPlot plot =
        StepPlot.of(
            List.of(
                step(1, Map.of("loss", 2.0, "grad_norm", 0.00001, "unheard_of", 1.0)),
                step(1, Map.of("eval_loss", 2.1))));
    assertThat(panels(plot).findValuesAsText("name"))
        .containsExactly("Loss", "train", "validation", "Gradient norm", "train");
    assertThat(plot.columns()).containsExactly("Loss", "Gradient norm");
    assertThat(plot.rows()).containsExactly(new StepPlot.Row(1, List.of("2", "1.00e−05")));
  }

  @Test
  void what_a_resumed_training_tells_again_counts_as_told_last() {
    StepPlot plot =
        StepPlot.of(
            List.of(
                step(1, Map.of("loss", 3.0)),
                step(2, Map.of("loss", 2.5)),
                step(3, Map.of("loss", 9.0)),
                step(3, Map.of("loss", 2.0)),
                step(4, Map.of("kl", 0.5))));
    assertThat(panels(plot).path(0).path("series").path(0).path("points"))
        .hasToString("[[1.0,3.0],[2.0,2.5],[3.0,2.0]]");
    assertThat(plot.rows().getFirst()).isEqualTo(new StepPlot.Row(4, List.of("–", "0.5000")));
  }

  @Test
  void a_long_training_is_thinned_and_its_newest_step_stays() {
    StepPlot plot =
        StepPlot.of(
            IntStream.rangeClosed(1, 9999)
                .mapToObj(i -> step(i, Map.of("loss", 1.0 * i)))
                .toList());
    JsonNode points = panels(plot).path(0).path("series").path(0).path("points");
    assertThat(points.size()).isBetween(300, 400);
    assertThat(points.path(points.size() - 1).path(0).asInt()).isEqualTo(9999);
    assertThat(plot.rows()).hasSize(30);
  }

  @Test
  void before_the_first_step_there_is_nothing() {
    assertThat(StepPlot.of(List.of()).isEmpty()).isTrue();
  }
}
