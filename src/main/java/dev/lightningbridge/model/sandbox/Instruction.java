package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Something a prompt can ask for, known by the patterns that its sentence matches. */
sealed interface Instruction permits Skill, Distractor {
  String id();

  /** The ways to say it. */
  List<String> texts();

  /** How strongly the sentence asks for it, 0 (not at all) to 1. */
  double strengthIn(Sentence sentence);

  /** One of its wordings. */
  default String say(Object... key) {
    return Draw.pick(texts(), key);
  }

  /** Whether any sentence of the text asks for it. */
  default boolean isIn(String text) {
    return Sentence.of(text).stream().anyMatch(s -> strengthIn(s) > 0);
  }

  static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  static List<Pattern> patterns(JsonNode array) {
    return strings(array).stream().map(Pattern::compile).toList();
  }
}
