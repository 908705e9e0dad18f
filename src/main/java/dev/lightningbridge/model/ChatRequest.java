package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.util.Optional;

/**
 * A chat completion to be made.
 *
 * @param role what it is for
 * @param body the OpenAI request body, passed on as it is (tools, response_format and all)
 * @param ordinal how many identical requests the run made before: keeps repeats apart in the
 *     journal and in the sandbox
 * @param scope the rollout whose call it is, where identical requests are counted by rollouts; else
 *     empty
 */
public record ChatRequest(ModelRole role, ObjectNode body, int ordinal, String scope) {
  /** So many identical requests of a rollout are told apart from those of its next repeat. */
  private static final int REPEATS = 1_000;

  public ChatRequest(ModelRole role, ObjectNode body, int ordinal) {
    this(role, body, ordinal, "");
  }

  public ChatRequest(ModelRole role, ObjectNode body) {
    this(role, body, 0);
  }

  /**
   * The same request as a call of this rollout.
   *
   * @param repeat how many identical rollouts the run began before
   */
  public ChatRequest within(String rollout, int repeat) {
    return new ChatRequest(role, body, REPEATS * repeat, rollout);
  }

  /** As with texts; what is from outside stands in fences. */
  public static ChatRequest of(
      ModelRole role, String model, Letter system, Letter user, double temperature) {
    return of(role, model, system.text(), user.text(), temperature);
  }

  /**
   * A request of a system (left out where empty) and a user message, as an application sends them
   * to its agent. Critics, editors, judges and synthesizers get a {@link Letter}.
   */
  public static ChatRequest of(
      ModelRole role, String model, String system, String user, double temperature) {
    ObjectNode body = Json.mapper().createObjectNode().put("model", model);
    ArrayNode messages = body.putArray("messages");
    if (!system.isEmpty()) {
      messages.addObject().put("role", "system").put("content", system);
    }
    messages.addObject().put("role", "user").put("content", user);
    body.put("temperature", temperature);
    return new ChatRequest(role, body);
  }

  public String model() {
    return body.path("model").asText("");
  }

  public ChatRequest withModel(String model) {
    return new ChatRequest(role, body.deepCopy().put("model", model), ordinal, scope);
  }

  /** With this limit of the answer, whatever the request asked for. */
  ChatRequest withMaxTokens(int tokens) {
    ObjectNode limited = body.deepCopy();
    String name = limited.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
    return new ChatRequest(role, limited.put(name, tokens), ordinal, scope);
  }

  public ChatRequest withOrdinal(int value) {
    return new ChatRequest(role, body, value, scope);
  }

  /** The text of an answer to it without the marks of its {@link Fence fences}. */
  String withoutFences(String answer) {
    String text = answer;
    for (JsonNode message : body.path("messages")) {
      Optional<Fence> fence = Fence.ofMessage(message.path("content").asText(""));
      text = fence.isPresent() ? fence.get().off(text) : text;
    }
    return text;
  }
}
