package dev.lightningbridge.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.runs.nights.NamedGraders;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerGuardTest {
  private static final ExternalGrader CONFIGURED = ExternalGrader.Command.of("mine", "true", 60);

  private final NamedGraders graders = new NamedGraders(Map.of("mine", CONFIGURED));

  @Test
  void aGraderThatTheConfigurationNamesMayBeAsked() {
    assertThatCode(() -> graders.check(ExternalGrader.Command.of("mine", "true", 60)))
        .doesNotThrowAnyException();
  }

  @Test
  void aCommandLinesGraderIsNotRunByAServerThoughItHasTheNameOfAConfiguredOne() {
    assertThatThrownBy(() -> graders.check(ExternalGrader.Command.of("mine", "id", 60)))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("not configured for the grader \"mine\"");
  }
}
