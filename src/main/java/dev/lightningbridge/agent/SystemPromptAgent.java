package dev.lightningbridge.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Opening;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs an agent as Training Camp does: the prompt is the system message and the task's input the
 * user message, both verbatim (braces are only braces, but where a task has values for the places
 * of the prompt: {@link Opening}), sent with the agent version's model and sampling settings.
 * Training Camp stores top-p and penalties but never sends them, so they are not sent here either:
 * a score was given to an output that was made without them. What the limit of tokens cut off is an
 * output, as Training Camp shows it.
 */
public final class SystemPromptAgent implements AgentRunner {
  /** What Training Camp sends where an agent version names no temperature. */
  public static final double DEFAULT_TEMPERATURE = 0.7;

  /** What Training Camp sends where an agent version names no limit, in tokens. */
  public static final int DEFAULT_MAX_TOKENS = 2048;

  private final ChatModel model;
  private final String modelId;
  private final double temperature;
  private final int maxTokens;

  /**
   * @param model the gateway
   * @param modelId the agent version's model, as the database names it
   * @param temperature null for {@link #DEFAULT_TEMPERATURE}
   * @param maxTokens null for {@link #DEFAULT_MAX_TOKENS}
   */
  public SystemPromptAgent(
      ChatModel model, String modelId, @Nullable Double temperature, @Nullable Integer maxTokens) {
    this.model = model;
    this.modelId = modelId;
    this.temperature = temperature == null ? DEFAULT_TEMPERATURE : temperature;
    this.maxTokens = maxTokens == null ? DEFAULT_MAX_TOKENS : maxTokens;
  }

  @Override
  public Output run(String prompt, Task task) throws ModelException {
    List<Message> opening = Opening.of(prompt, task);
    ChatRequest request = ChatRequest.of(ModelRole.WORKER, modelId, "", "", temperature);
    ArrayNode messages = request.body().putArray("messages");
    opening.forEach(m -> messages.addObject().put("role", m.role()).put("content", m.content()));
    request.body().put("max_tokens", maxTokens);
    ChatAnswer said = model.complete(request);
    String output = said.text();
    List<Message> whole = new ArrayList<>(opening);
    whole.add(new Message("assistant", output));
    return new Output(List.copyOf(whole), output, said.cutOff());
  }
}
