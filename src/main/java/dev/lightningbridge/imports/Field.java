package dev.lightningbridge.imports;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a row can say that the database has a place for, with the names that other tools use. */
enum Field {
  INPUT("inputs", "question", "query", "user_input", "user", "request", "message", "instruction"),
  OUTPUT(
      "outputs",
      "response",
      "answer",
      "completion",
      "assistant",
      "generation",
      "prediction",
      "model_output",
      "actual",
      "actual_output",
      "reply"),
  SCORE("rating", "grade", "reward", "points", "stars", "human_score", "feedback", "thumbs"),
  COMMENT("comments", "reason", "rationale", "explanation", "critique", "note", "notes", "remark"),
  EXPECTED(
      "expected_output",
      "expected_answer",
      "expected_response",
      "ideal",
      "label",
      "reference",
      "reference_answer",
      "reference_output",
      "target",
      "gold",
      "ground_truth",
      "correct_answer"),
  TAG("tags", "category", "group", "topic"),
  PROMPT("system_prompt", "system", "instructions", "prompt_template"),
  VERSION("prompt_version", "prompt_name", "variant", "prompt_label"),
  TIME("timestamp", "created_at", "date", "datetime", "start_time", "createdat"),
  ID("row_id", "trace_id", "uuid", "key"),
  MODEL("model_id", "model_name", "llm");

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes one that is.
  private final List<String> others;

  Field(String... others) {
    this.others = List.of(others);
  }

  /** As it is called in {@code --map}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The field of that name. */
  static Optional<Field> named(String word) {
    return Stream.of(values()).filter(f -> f.word().equals(word.strip())).findFirst();
  }

  /** The field of our name, or what another tool's name means; empty for other columns. */
  static Optional<Field> meant(String column) {
    String plain = plain(column);
    return Stream.of(values())
        .filter(f -> f.word().equals(plain))
        .findFirst()
        .or(
            () ->
                Stream.of(values())
                    .filter(f -> f.others.stream().anyMatch(o -> plain(o).equals(plain)))
                    .findFirst());
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[_\\-\\s]", "");
  }
}
