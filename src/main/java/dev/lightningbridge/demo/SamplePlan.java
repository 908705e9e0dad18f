package dev.lightningbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What the sample database is made by: {@code sandbox/sample-database.json}. */
record SamplePlan(
    List<Strategy> strategies,
    List<SessionPlan> sessions,
    List<String> openers,
    List<String> praise,
    List<String> errors,
    String grading) {
  /** How the first agents of a session differ. */
  record Strategy(String tag, String description, String manner, double temperature) {
    static Strategy read(JsonNode node) {
      return new Strategy(
          node.required("tag").asText(),
          node.required("description").asText(),
          node.required("manner").asText(),
          node.required("temperature").asDouble());
    }
  }

  /**
   * A session.
   *
   * @param initialAgents how many lineages it starts with; the others are added later
   * @param inputs how many distinct inputs its agents are run on
   * @param rounds how often they are run
   * @param evolveEvery every so many rounds all unlocked agents are evolved
   * @param severity what its person's scores are off, in points
   * @param locked when its best lineage is locked
   * @param guidelines what each lineage's first prompt asks for
   */
  record SessionPlan(
      SandboxDomain domain,
      String name,
      String need,
      @Nullable String constraints,
      String model,
      int initialAgents,
      int inputs,
      int rounds,
      int evolveEvery,
      double severity,
      LockedRounds locked,
      List<List<String>> guidelines) {
    static SessionPlan read(JsonNode node) {
      return new SessionPlan(
          SandboxDomain.valueOf(node.required("domain").asText()),
          node.required("name").asText(),
          node.required("need").asText(),
          node.hasNonNull("constraints") ? node.get("constraints").asText() : null,
          node.required("model").asText(),
          node.required("initialAgents").asInt(),
          node.required("inputs").asInt(),
          node.path("rounds").asInt(node.get("inputs").asInt()),
          node.required("evolveEvery").asInt(),
          node.required("severity").asDouble(),
          new LockedRounds(node.required("lockFrom").asInt(), node.required("lockUntil").asInt()),
          list(node.required("guidelines"), SamplePlan::strings));
    }
  }

  /**
   * While a lineage is locked.
   *
   * @param from the round after which it is locked
   * @param until the round after which it is unlocked again; later than all for never
   */
  record LockedRounds(int from, int until) {}

  static SamplePlan load() {
    try (InputStream in = SamplePlan.class.getResourceAsStream("/sandbox/sample-database.json")) {
      JsonNode node = Json.mapper().readTree(in);
      return new SamplePlan(
          list(node.required("strategies"), Strategy::read),
          list(node.required("sessions"), SessionPlan::read),
          strings(node.required("openers")),
          strings(node.required("praise")),
          strings(node.required("errors")),
          node.required("grading").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> strings(JsonNode array) {
    return list(array, JsonNode::asText);
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
    return StreamSupport.stream(array.spliterator(), false).map(read).toList();
  }
}
