package dev.lightningbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A record of more than a dozen components has parts that want names. */
class RecordPartsTest {
  private static final int MOST = 12;

  /**
   * Those that have none yet. What a client sends stays flat, since Jackson does not refuse unknown
   * members beside unwrapped parts: NewRun, NewSchedule, NewTraining.
   */
  private static final Set<String> WITHOUT_PARTS =
      Set.of(
          "api.ModelView",
          "api.requests.NewRun",
          "api.requests.NewSchedule",
          "api.requests.NewTraining",
          "api.ProposalView",
          "api.RunView",
          "corpus.AgentVersion",
          "corpus.Attempt",
          "corpus.Span",
          "corpus.TrainingEvent",
          "dataset.export.LightningRows$SpanRow",
          "demo.SamplePlan$SessionPlan",
          "grading.calibration.CalibrationReport",
          "optimize.verdict.TestResult",
          "optimize.TrainingChoice",
          "optimize.TrainingSettings",
          "runs.nights.Night",
          "runs.nights.Night$Picked",
          "runs.ending.RegisteredModel",
          "runs.models.RunEstimate",
          "runs.StoredRun",
          "runs.report.ReportData$Run",
          "runs.report.ReportPage",
          "runs.report.TestFigures",
          "web.NightView",
          "web.ProposalOnPage",
          "web.RunOnPage",
          "web.TrainedView");

  @Test
  void a_record_has_a_dozen_components_at_the_most_but_for_those_that_are_listed() {
    Set<String> large =
        new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("dev.lightningbridge")
                .stream()
                .filter(JavaClass::isRecord)
                .filter(type -> type.reflect().getRecordComponents().length > MOST)
                .map(type -> type.getName().substring("dev.lightningbridge.".length()))
                .collect(Collectors.toSet());
    assertThat(large).containsExactlyInAnyOrderElementsOf(WITHOUT_PARTS);
  }
}
