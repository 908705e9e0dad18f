package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A domain's data file: its skills, distractors and vocabulary.
 *
 * @param seedPrompt the prompt that people start with
 * @param gate the skill without which an output earns nothing; null where there is none
 * @param required how many skills a seed requires
 * @param vocabulary what inputs and answers are made of; each domain knows its own shape
 */
record SkillTable(
    String name,
    String seedPrompt,
    @Nullable String gate,
    int required,
    List<Skill> skills,
    List<Distractor> distractors,
    Map<String, Instruction> byId,
    JsonNode vocabulary) {
  /** Reads {@code sandbox/NAME.json} of the class path. */
  static SkillTable load(String name) {
    try (InputStream in = SkillTable.class.getResourceAsStream("/sandbox/" + name + ".json")) {
      return of(Json.mapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("sandbox table " + name, e);
    }
  }

  private static SkillTable of(JsonNode node) {
    List<Skill> skills = list(node.required("skills"), Skill::read);
    List<Distractor> distractors = list(node.required("distractors"), Distractor::read);
    return new SkillTable(
        node.required("name").asText(),
        node.required("seedPrompt").asText(),
        node.hasNonNull("gate") ? node.get("gate").asText() : null,
        node.required("required").asInt(),
        skills,
        distractors,
        Stream.<Instruction>concat(skills.stream(), distractors.stream())
            .collect(Collectors.toMap(Instruction::id, i -> i)),
        node.required("vocabulary"));
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
    return StreamSupport.stream(array.spliterator(), false).map(read).toList();
  }

  Instruction instruction(String id) {
    Instruction found = byId.get(id);
    if (found == null) {
      throw new IllegalArgumentException("no instruction " + id + " in " + name);
    }
    return found;
  }

  /** All of them, skills first. */
  List<Instruction> instructions() {
    return Stream.<Instruction>concat(skills.stream(), distractors.stream()).toList();
  }

  /** What the text asks for: strength above 0 by instruction id. */
  Map<String, Double> strengths(String text) {
    Map<String, Double> found = new HashMap<>();
    for (Sentence sentence : Sentence.of(text)) {
      for (Instruction instruction : byId.values()) {
        double strength = instruction.strengthIn(sentence);
        if (strength > 0) {
          found.merge(instruction.id(), strength, Math::max);
        }
      }
    }
    return Map.copyOf(found);
  }
}
