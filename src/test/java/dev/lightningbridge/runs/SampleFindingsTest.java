package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.demo.SampleDatabase;
import dev.lightningbridge.demo.SampleDatabase.SampleSession;
import dev.lightningbridge.findings.WinnerCheck;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.runs.promotion.RunSources;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFindingsTest {
  @Test
  void theBestPromptsOfTheSamplesSessionsHaveNoFindings(@TempDir Path folder) {
    SampleDatabase.Summary sample = SampleDatabase.create(folder.resolve("camp.db"), 7);
    SandboxTruth truth = SandboxTruth.ofSeed(sample.sandboxSeed());
    for (SampleSession session : sample.sessions()) {
      assertThat(
              WinnerCheck.of(
                  truth.seedPrompt(session.domain()),
                  truth.bestPrompt(session.domain()),
                  List.of(),
                  new RunSources(sample.file(), List.of(session.id()), List.of(), true)))
          .as(session.name())
          .isEmpty();
    }
  }
}
