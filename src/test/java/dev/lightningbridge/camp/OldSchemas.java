package dev.lightningbridge.camp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The way back from a fresh version 9 schema to that of another version. */
final class OldSchemas {
  private OldSchemas() {}

  static List<String> changes(int version) {
    List<String> changes = new ArrayList<>();
    if (version == 10) {
      changes.add("ALTER TABLE sessions ADD COLUMN rubric TEXT");
    }
    if (version != 9 && version != 2 && version != 3) {
      Stream.of("agent_version", "input", "tools_used", "tokens_used", "latency_ms")
          .forEach(c -> changes.add("ALTER TABLE artifacts DROP COLUMN " + c));
    }
    dropColumn(changes, version < 9, "trainer_messages");
    dropColumn(changes, version < 8, "initial_agent_count");
    dropColumn(changes, version < 6, "input_prompt");
    dropColumn(changes, version < 5, "promoted_from");
    dropColumn(changes, version < 5, "mode");
    dropTables(changes, version < 4, "training_events", "payload_blobs", "training_examples");
    dropTables(
        changes,
        version < 3,
        "rollouts",
        "attempts",
        "execution_spans",
        "evolution_records",
        "learning_insights");
    dropTables(
        changes,
        version < 2,
        "agent_definitions",
        "context_documents",
        "context_examples",
        "test_cases");
    return changes;
  }

  private static void dropColumn(List<String> changes, boolean isLacking, String column) {
    if (isLacking) {
      changes.add("ALTER TABLE sessions DROP COLUMN " + column);
    }
  }

  private static void dropTables(List<String> changes, boolean areLacking, String... tables) {
    if (areLacking) {
      Stream.of(tables).forEach(t -> changes.add("DROP TABLE " + t));
    }
  }
}
