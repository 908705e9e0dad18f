package dev.lightningbridge.grading;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A judge's answer: one score from 1 to 10, whole or not, and its reason, empty where it gave none.
 * It is read in whatever form it came, as long as only one score can be meant; two different ones,
 * one beside the scale and an object that breaks off are none.
 */
record JudgeAnswer(double score, String reason) {
  /** Longer answers are no answers; keeps the search for the score short. */
  private static final int LONGEST = 20_000;

  private static final Set<String> REASONS =
      Set.of("reason", "reasoning", "explanation", "rationale", "justification", "comment");

  Grade toGrade(ScoreCorrection correction) {
    return new Grade((correction.apply(score) - 1) / 9.0, reason);
  }

  /** The answer in the text; empty where there is none, or more than one could be meant. */
  static Optional<JudgeAnswer> in(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    ScoredObjects objects = ScoredObjects.in(text);
    if (objects.found().isEmpty()) {
      return ScoreWords.in(text).only().map(score -> new JudgeAnswer(score, ReasonWords.in(text)));
    }
    ScoreWords scores = ScoreWords.labelledIn(objects.around());
    for (JsonNode object : objects.found()) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (ScoredObjects.isScore(member.getKey())) {
          scores.add(member.getValue());
        }
      }
    }
    return scores.only().map(score -> new JudgeAnswer(score, reason(objects.found().getFirst())));
  }

  private static String reason(JsonNode object) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey().strip().toLowerCase(Locale.ROOT);
      if (REASONS.contains(name) && member.getValue().isTextual()) {
        return member.getValue().textValue().strip();
      }
    }
    return "";
  }
}
