package dev.lightningbridge.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.Usage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A model for tests: answers by a function and remembers what it was asked. */
public final class ScriptedModel implements ChatModel {
  private final ChatModel answers;
  private final List<ChatRequest> requests = new CopyOnWriteArrayList<>();

  public ScriptedModel(ChatModel answers) {
    this.answers = answers;
  }

  /** Gives these texts in turn, the last one for ever. */
  public static ScriptedModel saying(String... texts) {
    List<String> left = new CopyOnWriteArrayList<>(texts);
    return new ScriptedModel(
        request -> answer(left.size() > 1 ? left.remove(0) : left.get(0), "stop"));
  }

  public static ChatAnswer answer(String text, String finishReason) {
    ObjectNode body = Json.mapper().createObjectNode();
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("finish_reason", finishReason);
    choice.putObject("message").put("role", "assistant").put("content", text);
    return new ChatAnswer(body, new Usage(10, 5, false));
  }

  public List<ChatRequest> requests() {
    return requests;
  }

  @Override
  public ChatAnswer complete(ChatRequest request) throws ModelException {
    requests.add(new ChatRequest(request.role(), request.body().deepCopy(), request.ordinal()));
    return answers.complete(request);
  }
}
