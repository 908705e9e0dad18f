package dev.lightningbridge.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.needs.Environments;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graders that are programs, run. */
@Timeout(60)
class AskedCommandTest {
  private static final String GRADE = "cat >/dev/null; echo '{\"reward\": 0.5}'";

  private static ExternalGrader.Command shell(String script, int seconds) {
    return ExternalGrader.Command.of("mine", Json.write(List.of("sh", "-c", script)), seconds);
  }

  private static ExternalGrading grading(ExternalGrader grader, Map<String, String> environment) {
    return ExternalGrading.of(
        grader,
        new ExternalGradingTest.Kept(),
        CleanEnvironment.of(environment, Set.of("MY_ENDPOINT")),
        new Cancellation());
  }

  private static Grade grade(String script, int seconds) throws Exception {
    return grading(shell(script, seconds), Environments.whole())
        .grade(RuleGraderTest.task("42"), "43");
  }

  @Test
  void it_reads_what_there_is_to_grade_on_standard_input() throws Exception {
    assertThat(grade("grep -q '\"output\":\"43\"' && echo '{\"reward\": 0.5}'", 60).reward())
        .isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo no database >&2; exit 3 | GRADER_FAILED     | "mine" ended with status 3: no database
          sleep 600                    | GRADER_TIMED_OUT  | "mine" did not end within 1 s
          cat /dev/zero                | GRADER_BAD_ANSWER | "mine" wrote more than 1,000,000 bytes
          true                         | GRADER_BAD_ANSWER | "mine" answered no JSON: nothing
          """)
  void a_program_that_breaks_is_a_failure_with_its_cause(String script, String kind, String why) {
    assertThatThrownBy(() -> grade(script, script.startsWith("sleep") ? 1 : 60))
        .isInstanceOfSatisfying(
            GradingException.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(kind);
              assertThat(e.failure().cause()).startsWith("the grader " + why);
              assertThat(e.failure().remedy()).isNotEmpty();
            });
  }

  @Test
  void it_gets_no_key() throws Exception {
    String tells = "env | grep -c hush- >&2; " + GRADE;
    Map<String, String> environment =
        Map.of(
            "PATH", Environments.whole().get("PATH"),
            "OPENAI_API_KEY", "hush-12345678",
            "MY_ENDPOINT", "hush-87654321",
            "HARMLESS", "yes");
    ExternalGrader.Command fails = shell(tells + "; echo \"$HARMLESS\" >&2; exit 1", 60);

    assertThatThrownBy(() -> grading(fails, environment).grade(RuleGraderTest.task("42"), "43"))
        .hasMessageEndingWith("ended with status 1: 0 | yes");
  }

  @Test
  void a_program_that_is_not_there_is_said_before_the_run() {
    assertThatThrownBy(
            () -> ExternalGrading.check(ExternalGrader.Command.of("x", "no-such-program a", 60)))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.code()).isEqualTo(GradingError.GRADER_UNUSABLE));
    ExternalGrading.check(shell(GRADE, 60));
  }
}
