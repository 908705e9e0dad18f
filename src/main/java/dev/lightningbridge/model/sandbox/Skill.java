package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A behaviour that a domain may require, and how far the simulated worker shows it.
 *
 * @param patterns what one sentence must match to ask for it
 * @param base how often it is shown unasked, before the seed's variation
 * @param top how often it is shown when asked for
 * @param weight its share in the reward, before the seed's variation
 * @param prohibition whether the sentence itself may forbid; else a negation cancels it
 * @param conflicts ids of instructions that fight it
 * @param core whether every seed requires it
 * @param appliesWhen the rule that an input must hold for it; null where it always applies
 */
record Skill(
    String id,
    List<String> texts,
    List<Pattern> patterns,
    double base,
    double top,
    double weight,
    boolean prohibition,
    Set<String> conflicts,
    boolean core,
    @Nullable String appliesWhen)
    implements Instruction {
  /** The strength of a hedged instruction. */
  static final double HEDGED = 0.55;

  static Skill read(JsonNode node) {
    return new Skill(
        node.required("id").asText(),
        Instruction.strings(node.required("texts")),
        Instruction.patterns(node.required("patterns")),
        node.required("base").asDouble(),
        node.required("top").asDouble(),
        node.required("weight").asDouble(),
        node.path("prohibition").asBoolean(),
        Set.copyOf(Instruction.strings(node.path("conflicts"))),
        node.path("core").asBoolean(),
        node.hasNonNull("appliesWhen") ? node.get("appliesWhen").asText() : null);
  }

  @Override
  public double strengthIn(Sentence sentence) {
    if ((sentence.negated() && !prohibition) || !sentence.hasAll(patterns)) {
      return 0;
    }
    return sentence.hedged() ? HEDGED : 1;
  }

  boolean appliesTo(Situation situation) {
    return appliesWhen == null || situation.holds(appliesWhen);
  }
}
