import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.net.URI;
import java.util.Map;

/**
 * An application with LangChain4j whose calls are captured, and whose system message is the prompt
 * that was promoted last. Prints the answer to its argument.
 *
 * <p>An AI service takes the same in two lines:
 *
 * <pre>
 * AiServices.builder(Support.class).chatModel(model)
 *     .systemMessageProvider(memoryId -&gt; prompts.current())
 * </pre>
 */
public final class AppLangChain {
  private AppLangChain() {}

  /** Needs LIGHTNING_BRIDGE_URL, LIGHTNING_BRIDGE_AGENT and the agent's LIGHTNING_BRIDGE_TOKEN. */
  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    String server = environment.get("LIGHTNING_BRIDGE_URL");
    String agent = environment.get("LIGHTNING_BRIDGE_AGENT");
    String token = environment.get("LIGHTNING_BRIDGE_TOKEN");
    PromptClient prompts =
        new PromptClient(URI.create(server), agent, token, "Answer mails kindly.");
    OpenAiChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(server + "/capture/" + agent + "/v1") // the only line that changes
            .apiKey(token)
            .modelName(environment.getOrDefault("MODEL", "gpt-4o-mini"))
            .build();
    System.out.println(
        model
            .chat(SystemMessage.from(prompts.current()), UserMessage.from(arguments[0]))
            .aiMessage()
            .text());
  }
}
