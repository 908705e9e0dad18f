package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/** An instruction that sounds good and helps nothing; some fight a skill. */
record Distractor(String id, List<String> texts, List<Pattern> patterns) implements Instruction {
  static Distractor read(JsonNode node) {
    return new Distractor(
        node.required("id").asText(),
        Instruction.strings(node.required("texts")),
        Instruction.patterns(node.required("patterns")));
  }

  @Override
  public double strengthIn(Sentence sentence) {
    return !sentence.negated() && sentence.hasAll(patterns) ? 1 : 0;
  }
}
