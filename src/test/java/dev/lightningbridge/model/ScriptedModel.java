package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A model that does what the test says and remembers what it was asked. */
final class ScriptedModel implements ChatModel {
  final List<ChatRequest> asked = new CopyOnWriteArrayList<>();
  private final ChatModel script;

  ScriptedModel(ChatModel script) {
    this.script = script;
  }

  /** Answers every request with its own number, at 10 tokens in and 5 out. */
  static ScriptedModel answering() {
    return new ScriptedModel(
        request -> answer("answer to " + request.body().at("/messages/0/content").asText(), 10, 5));
  }

  /** Throws the failures one after another, then answers. */
  static ScriptedModel failing(ModelException.Kind... kinds) {
    List<ModelException.Kind> left = new CopyOnWriteArrayList<>(kinds);
    return new ScriptedModel(
        request -> {
          if (left.isEmpty()) {
            return answer("at last", 10, 5);
          }
          throw new ModelException(left.removeFirst(), "scripted");
        });
  }

  static ChatAnswer answer(String text, long promptTokens, long completionTokens) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putArray("choices")
        .addObject()
        .put("index", 0)
        .put("finish_reason", "stop")
        .putObject("message")
        .put("role", "assistant")
        .put("content", text);
    body.putObject("usage")
        .put("prompt_tokens", promptTokens)
        .put("completion_tokens", completionTokens);
    return new ChatAnswer(body, new Usage(promptTokens, completionTokens, false));
  }

  static ChatRequest request(String text) {
    return ChatRequest.of(ModelRole.WORKER, "gpt-4o-mini", "", text, 0);
  }

  @Override
  public ChatAnswer complete(ChatRequest request) throws ModelException {
    asked.add(request);
    return script.complete(request);
  }
}
