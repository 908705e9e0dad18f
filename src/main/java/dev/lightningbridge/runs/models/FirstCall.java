package dev.lightningbridge.runs.models;

import dev.lightningbridge.agent.SystemPromptAgent;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.ModelSettings;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.runs.RunPlan;
import java.util.Optional;

/**
 * The agent's own first call, with which its endpoint is tried: what an application serves as a
 * model may fail at anything but the inputs that it is made for.
 *
 * @param task not a sealed one
 */
public record FirstCall(AgentVersion agent, Task task) {

  /** Empty where there is no task yet, or too few for a run. */
  public static Optional<FirstCall> of(RunPlan plan, Optional<Split> split) {
    return split
        .map(Split::train)
        .map(train -> new FirstCall(plan.choice().baseline(), train.getFirst()));
  }

  void to(ChatModel model) throws ModelException {
    ModelSettings settings = agent.model();
    new SystemPromptAgent(model, settings.modelId(), settings.temperature(), settings.maxTokens())
        .run(agent.systemPrompt(), task);
  }
}
