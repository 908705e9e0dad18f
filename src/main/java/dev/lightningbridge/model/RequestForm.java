package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a model takes requests.
 *
 * @param renamed parameters by the names that the model knows them by
 * @param dropped parameters that it takes under no name
 * @param systemInUser whether the system text stands before the user's, in one message
 * @param streamed whether it answers only in a stream
 * @param mostTokens the highest limit of an answer that it takes; null where none is known
 * @param thinking tokens that its answers need beyond their own for what they think before
 */
record RequestForm(
    Map<String, String> renamed,
    Set<String> dropped,
    boolean systemInUser,
    boolean streamed,
    @Nullable Long mostTokens,
    long thinking) {
  static final List<String> LIMITS = List.of("max_completion_tokens", "max_tokens");

  /** What is sent where nothing is known of the model. */
  static final RequestForm AS_IT_IS = new RequestForm(Map.of(), Set.of(), false, false, null, 0);

  RequestForm {
    renamed = Map.copyOf(renamed);
    dropped = Set.copyOf(dropped);
  }

  RequestForm withRenamed(String from, String to) {
    Map<String, String> names = new HashMap<>(renamed);
    names.put(from, to);
    return new RequestForm(names, dropped, systemInUser, streamed, mostTokens, thinking);
  }

  /**
   * @param parameter by its name in a request that was sent
   */
  RequestForm withDropped(String parameter) {
    Set<String> all = new HashSet<>(dropped);
    all.add(parameter);
    renamed.forEach(
        (from, to) -> {
          if (to.equals(parameter)) {
            all.add(from);
          }
        });
    return new RequestForm(renamed, all, systemInUser, streamed, mostTokens, thinking);
  }

  RequestForm withSystemInUser() {
    return new RequestForm(renamed, dropped, true, streamed, mostTokens, thinking);
  }

  RequestForm withStream() {
    return new RequestForm(renamed, dropped, systemInUser, true, mostTokens, thinking);
  }

  RequestForm withMostTokens(long tokens) {
    long most = mostTokens == null ? tokens : Math.min(tokens, mostTokens);
    return new RequestForm(renamed, dropped, systemInUser, streamed, most, thinking);
  }

  RequestForm withThinking(long tokens) {
    return new RequestForm(
        renamed, dropped, systemInUser, streamed, mostTokens, Math.max(tokens, thinking));
  }

  /** The request in this form; the one given stays as it is. */
  ChatRequest of(ChatRequest request) {
    if (equals(AS_IT_IS)) {
      return request;
    }
    ObjectNode body = request.body().deepCopy();
    limit(body);
    if (systemInUser) {
      mergeSystem(body);
    }
    if (streamed) {
      body.put("stream", true).putObject("stream_options").put("include_usage", true);
    }
    dropped.forEach(body::remove);
    renamed.forEach(
        (from, to) -> {
          JsonNode value = body.remove(from);
          if (value != null && !dropped.contains(to)) {
            body.set(to, value);
          }
        });
    return new ChatRequest(request.role(), body, request.ordinal());
  }

  private void limit(ObjectNode body) {
    for (String name : LIMITS) {
      if (body.path(name).isNumber()) {
        long wanted = body.path(name).asLong() + thinking;
        body.put(name, mostTokens == null ? wanted : Math.min(wanted, mostTokens));
      }
    }
  }

  /** Puts every system text before the first user's; alone it is the user's. */
  private static void mergeSystem(ObjectNode body) {
    StringBuilder system = new StringBuilder();
    ArrayNode messages = Json.mapper().createArrayNode();
    for (JsonNode message : body.path("messages")) {
      String role = message.path("role").asText();
      if (role.equals("system") || role.equals("developer")) {
        system.append(text(message.path("content"))).append("\n\n");
      } else {
        messages.add(message);
      }
    }
    if (system.isEmpty()) {
      return;
    }
    for (JsonNode message : messages) {
      if (message instanceof ObjectNode user && user.path("role").asText().equals("user")) {
        prepend(user, system.toString());
        body.set("messages", messages);
        return;
      }
    }
    messages.insertObject(0).put("role", "user").put("content", system.toString().strip());
    body.set("messages", messages);
  }

  private static String text(JsonNode content) {
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }

  private static void prepend(ObjectNode user, String system) {
    if (user.get("content") instanceof ArrayNode parts) {
      parts.insertObject(0).put("type", "text").put("text", system);
    } else {
      user.put("content", system + user.path("content").asText(""));
    }
  }
}
