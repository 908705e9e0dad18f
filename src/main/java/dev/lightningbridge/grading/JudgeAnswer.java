package dev.lightningbridge.grading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.util.Optional;

/**
 * A judge's answer, read strictly: a score that is a whole number from 1 to 10 and a reason. Words
 * or a code fence around the JSON object are passed over as long as there is only one object that
 * could be meant.
 */
record JudgeAnswer(int score, String reason) {
  /** Longer answers are no answers; keeps the search for the object short. */
  private static final int LONGEST = 20_000;

  private static final ObjectReader READER =
      Json.mapper()
          .readerFor(JsonNode.class)
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  Grade toGrade(ScoreCorrection correction) {
    return new Grade((correction.apply(score) - 1) / 9.0, reason);
  }

  /** The answer in the text; empty where there is none, or more than one. */
  static Optional<JudgeAnswer> in(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Optional<JudgeAnswer> found = Optional.empty();
    int from = text.indexOf('{');
    while (from >= 0) {
      Optional<ReadObject> object = objectAt(text, from);
      if (object.isPresent()) {
        if (found.isPresent()) {
          return Optional.empty();
        }
        found = object.get().answer();
        if (found.isEmpty()) {
          return Optional.empty();
        }
      }
      from = text.indexOf('{', object.map(ReadObject::end).orElse(from + 1));
    }
    return found;
  }

  private static Optional<ReadObject> objectAt(String text, int from) {
    try (JsonParser parser = READER.createParser(text.substring(from))) {
      JsonNode node = READER.readTree(parser);
      int length = (int) parser.currentLocation().getCharOffset();
      return Optional.of(new ReadObject(node, from + length));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private record ReadObject(JsonNode node, int end) {
    Optional<JudgeAnswer> answer() {
      JsonNode score = node.path("score");
      JsonNode reason = node.path("reason");
      double value = score.asDouble();
      boolean whole = score.isNumber() && value >= 1 && value <= 10 && value == Math.rint(value);
      return whole && reason.isTextual()
          ? Optional.of(new JudgeAnswer((int) value, reason.textValue().strip()))
          : Optional.empty();
    }
  }
}
