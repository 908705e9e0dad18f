package dev.lightningbridge.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The model that an agent is run with: the agent version's, or one that was trained.
 *
 * @param gateway where all calls go
 * @param id its name
 * @param temperature null for Training Camp's usual one; {@code maxTokens} likewise
 * @param own whether the run serves it: then all of an agent's calls go to it
 */
public record AgentModel(
    ChatModel gateway,
    String id,
    @Nullable Double temperature,
    @Nullable Integer maxTokens,
    boolean own) {
  /** What programs name that leave the choice to who runs them. */
  private static final Set<String> UNSAID = Set.of("", "auto");

  /** A call of the agent, which is its own whatever it names, with what it leaves out. */
  ChatRequest request(ObjectNode said, RolloutKey rollout) {
    ObjectNode body = said.deepCopy();
    String named = body.path("model").asText("");
    if (own || UNSAID.contains(named) || ModelNames.placeholders().contains(named)) {
      body.put("model", id);
    }
    if (!body.has("temperature")) {
      body.put(
          "temperature", temperature == null ? SystemPromptAgent.DEFAULT_TEMPERATURE : temperature);
    }
    if (!body.has("max_tokens") && !body.has("max_completion_tokens")) {
      body.put("max_tokens", maxTokens == null ? SystemPromptAgent.DEFAULT_MAX_TOKENS : maxTokens);
    }
    return new ChatRequest(ModelRole.WORKER, body).within(rollout.scope(), rollout.ordinal());
  }
}
