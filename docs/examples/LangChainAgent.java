import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelEndpoint;
import java.util.List;

/**
 * An agent with LangChain4j: one object a rollout, and an exception is a failure and never an
 * answer. LIBRARIES is a folder with langchain4j-open-ai and what it needs.
 *
 * <pre>
 * javac -cp "lightning-bridge.jar:LIBRARIES/*" -d build docs/examples/LangChainAgent.java
 * scripts/bridge optimize … --agent-class LangChainAgent --agent-path "build:LIBRARIES/*"
 * </pre>
 */
public final class LangChainAgent implements AgentRunner {
  private final OpenAiChatModel model;

  public LangChainAgent(ModelEndpoint endpoint) {
    model =
        OpenAiChatModel.builder()
            .baseUrl(endpoint.baseUrl().toString())
            .apiKey(endpoint.token())
            .modelName("auto")
            .build();
  }

  @Override
  public Output run(String prompt, Task task) {
    String text =
        model
            .chat(SystemMessage.from(prompt), UserMessage.from(task.input()))
            .aiMessage()
            .text();
    return new Output(
        List.of(
            new Message("system", prompt),
            new Message("user", task.input()),
            new Message("assistant", text)),
        text);
  }
}
