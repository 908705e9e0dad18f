package dev.lightningbridge.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ApoSettingsTest {
  @Test
  void the_default_search_is_planned_as_424_rollouts_and_48_optimizer_calls() {
    assertThat(ApoSettings.DEFAULT.plannedRollouts(24, 16)).isEqualTo(424);
    assertThat(ApoSettings.DEFAULT.plannedOptimizerCalls()).isEqualTo(48);
  }

  @Test
  void settings_that_search_nothing_are_refused_by_name() {
    assertThatThrownBy(() -> new ApoSettings(0, 2, 3, 4, 8, 1, 4)).hasMessageContaining("rounds");
    assertThatThrownBy(() -> new ApoSettings(1, 2, 3, 4, 8, 3, 4))
        .hasMessageContaining("temperature");
  }
}
