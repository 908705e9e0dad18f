package dev.lightningbridge.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.optimize.verdict.VerdictBench;
import dev.lightningbridge.optimize.verdict.VerdictBench.Rewards;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictBenchTest {
  @ParameterizedTest
  @CsvSource({"SCORES, 12", "SCORES, 24", "RIGHT_OR_WRONG, 12", "RIGHT_OR_WRONG, 24"})
  void equal_prompts_are_promoted_in_at_most_one_run_of_twenty(Rewards kind, int tasks) {
    int runs = 2000;
    double chance = 3 * Math.sqrt(0.05 * 0.95 / runs);

    var equal = new VerdictBench(runs, 3).rates(kind, VerdictBench.Noise.INDEPENDENT, tasks, 0);
    var better = new VerdictBench(runs, 3).rates(kind, VerdictBench.Noise.INDEPENDENT, tasks, 0.2);

    assertThat(equal.verdict()).isLessThan(0.05 + chance);
    assertThat(better.verdict()).isGreaterThan(3 * equal.verdict());
  }
}
