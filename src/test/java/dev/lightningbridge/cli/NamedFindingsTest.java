package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.cli.DoctorCommand.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code bridge doctor} says of the agents and graders of a server's configuration. */
class NamedFindingsTest {
  @Test
  void eachThatCanBeUsedIsNamedWithWhatItIs() {
    List<Finding> findings =
        NamedFindings.of(
            Map.of(
                "LIGHTNING_BRIDGE_SETUP", "scripts/setup",
                "LIGHTNING_BRIDGE_AGENTS_CURL_COMMAND", "sh docs/examples/agent_curl.sh",
                "LIGHTNING_BRIDGE_AGENTS_HOUSE_URL", "http://127.0.0.1:9/rollout",
                "LIGHTNING_BRIDGE_GRADERS_UNITS_COMMAND", "sh grade.sh"));

    assertThat(findings).allMatch(Finding::ok);
    assertThat(findings)
        .extracting(finding -> finding.name() + ": " + finding.detail())
        .containsExactly(
            "agent curl: the agent's command \"sh docs/examples/agent_curl.sh\"",
            "agent house: the agent at http://127.0.0.1:9/rollout",
            "grader units: the grader's command \"sh grade.sh\"");
  }

  @Test
  void oneThatCannotBeUsedIsMissingWithItsRemedy() {
    List<Finding> findings =
        NamedFindings.of(
            Map.of(
                "LIGHTNING_BRIDGE_GRADERS_UNITS_COMMAND", "no-such-program a",
                "LIGHTNING_BRIDGE_GRADERS_HOUSE_URL", "http://127.0.0.1:9/grade"));

    assertThat(findings).extracting(Finding::ok).containsExactly(true, false);
    assertThat(findings.getLast().needed()).isTrue();
    assertThat(findings.getLast().code()).isEqualTo("LB-4008");
    assertThat(findings.getLast().detail()).contains("there is no program no-such-program");
    assertThat(findings.getLast().remedy()).contains("PATH");
  }

  @Test
  void aSettingThatTheServerCannotReadIsSaid() {
    assertThat(NamedFindings.of(Map.of("LIGHTNING_BRIDGE_PARALLEL_RUNS", "many")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ok()).isFalse();
              assertThat(finding.detail()).contains("parallel-runs");
            });
  }

  @Test
  void whereNoneIsNamedNothingIsSaid() {
    assertThat(NamedFindings.of(Map.of("PATH", "/bin"))).isEmpty();
  }
}
