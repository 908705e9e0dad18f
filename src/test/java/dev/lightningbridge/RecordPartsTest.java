package dev.lightningbridge;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A record of more than a dozen components has parts that want names. */
class RecordPartsTest {
  private static final int MOST = 12;

  /** Why a record has its members side by side. */
  private enum Reason {
    /**
     * A row of the app's tables: a member is a column, and parts would be names that it has not.
     */
    ROW_OF_THE_APP,
    /** A row of bridge.db, by whose columns it is written and read. */
    ROW_OF_BRIDGE_DB,
    /** The shape that agentlightning gives it. */
    SHAPE_OF_AGENTLIGHTNING,
    /**
     * A flat JSON object that clients send. Parts would have to be unwrapped, and beside unwrapped
     * parts Jackson does not refuse unknown members.
     */
    JSON_THAT_CLIENTS_SEND,
    /** A flat JSON object that clients read, and that is used for nothing else. */
    JSON_THAT_CLIENTS_READ,
    /**
     * A flat JSON object that clients read or that bridge.db keeps. Its readers take single
     * members, which parts would only put further away.
     */
    JSON_THAT_IS_KEPT,
    /** A choice of settings, member by member as they are, each of which may be left out. */
    CHOICE_OF_SETTINGS
  }

  private static final Map<String, Reason> WITHOUT_PARTS =
      Map.ofEntries(
          entry("corpus.AgentVersion", Reason.ROW_OF_THE_APP),
          entry("corpus.Attempt", Reason.ROW_OF_THE_APP),
          entry("corpus.Span", Reason.ROW_OF_THE_APP),
          entry("corpus.TrainingEvent", Reason.ROW_OF_THE_APP),
          entry("runs.StoredRun", Reason.ROW_OF_BRIDGE_DB),
          entry("runs.ending.RegisteredModel", Reason.ROW_OF_BRIDGE_DB),
          entry("dataset.export.LightningRows$SpanRow", Reason.SHAPE_OF_AGENTLIGHTNING),
          entry("api.requests.NewRun", Reason.JSON_THAT_CLIENTS_SEND),
          entry("api.requests.NewSchedule", Reason.JSON_THAT_CLIENTS_SEND),
          entry("api.requests.NewTraining", Reason.JSON_THAT_CLIENTS_SEND),
          entry("api.ModelView", Reason.JSON_THAT_CLIENTS_READ),
          entry("api.ProposalView", Reason.JSON_THAT_CLIENTS_READ),
          entry("api.RunView", Reason.JSON_THAT_CLIENTS_READ),
          entry("runs.models.RunEstimate", Reason.JSON_THAT_IS_KEPT),
          entry("grading.calibration.CalibrationReport", Reason.JSON_THAT_IS_KEPT),
          entry("optimize.verdict.TestResult", Reason.JSON_THAT_IS_KEPT),
          entry("optimize.TrainingSettings", Reason.JSON_THAT_IS_KEPT),
          entry("runs.nights.Night", Reason.JSON_THAT_IS_KEPT),
          entry("runs.nights.Night$Picked", Reason.JSON_THAT_IS_KEPT),
          entry("optimize.TrainingChoice", Reason.CHOICE_OF_SETTINGS));

  @Test
  void a_record_has_a_dozen_components_at_the_most_but_for_those_that_have_a_reason() {
    Set<String> large =
        new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("dev.lightningbridge")
                .stream()
                .filter(JavaClass::isRecord)
                .filter(type -> type.reflect().getRecordComponents().length > MOST)
                .map(type -> type.getName().substring("dev.lightningbridge.".length()))
                .collect(Collectors.toSet());
    assertThat(large).containsExactlyInAnyOrderElementsOf(WITHOUT_PARTS.keySet());
  }
}
