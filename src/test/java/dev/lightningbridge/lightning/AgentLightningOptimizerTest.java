package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.RunEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real APO in its worker process, end to end. */
@Tag("python")
@Timeout(180)
class AgentLightningOptimizerTest {
  @Test
  void finds_a_better_prompt_and_tells_what_happens_as_it_happens() throws Exception {
    try (SearchLab lab = new SearchLab()) {
      OptimizationResult result = lab.optimize();

      assertThat(result.stopReason()).isEqualTo(StopReason.FINISHED);
      assertThat(result.validationScore()).isGreaterThan(lab.seedScore());
      assertThat(lab.events().getFirst()).isInstanceOf(RunEvent.EngineStarted.class);
    }
  }
}
