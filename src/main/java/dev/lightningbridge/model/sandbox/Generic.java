package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;

/** Any text that is none of the known domains: its answers are judged by their form alone. */
final class Generic extends Domain {
  Generic(long seed) {
    super(SkillTable.load("generic"), seed);
  }

  @Override
  Situation read(String input) {
    JsonNode vocabulary = table().vocabulary();
    return new AnyRequest(
        input, vocabulary.required("padding").asText(), vocabulary.required("jargon").asText());
  }

  @Override
  String newInput(SplittableRandom random, int number) {
    return "From: %s\nSubject: request %d\n\nIt is about this: %s. What do you say?"
        .formatted(oneOf("names", random), 30_000 + number, oneOf("topics", random));
  }

  String oneOf(String name, SplittableRandom random) {
    JsonNode list = table().vocabulary().required(name);
    return list.get(random.nextInt(list.size())).asText();
  }
}
