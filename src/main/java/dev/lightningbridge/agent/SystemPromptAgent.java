package dev.lightningbridge.agent;

import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs an agent as Training Camp does: the prompt is the system message and the task's input the
 * user message, both verbatim (braces are only braces), sent with the agent version's model and
 * sampling settings. Training Camp stores top-p and penalties but never sends them, so they are not
 * sent here either: a score was given to an output that was made without them. What the limit of
 * tokens cut off is an output, as Training Camp shows it.
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
    ChatRequest request =
        ChatRequest.of(ModelRole.WORKER, modelId, prompt, task.input(), temperature);
    request.body().put("max_tokens", maxTokens);
    ChatAnswer said = model.complete(request);
    String output = said.text();
    Message system = new Message("system", prompt);
    Message user = new Message("user", task.input());
    Message answer = new Message("assistant", output);
    return new Output(
        prompt.isEmpty() ? List.of(user, answer) : List.of(system, user, answer),
        output,
        said.cutOff());
  }
}
