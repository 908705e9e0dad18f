import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The prompt of an agent as a bean of a Quarkus application, to be injected where a model is called.
 * Copy PromptClient.java beside it. In application.properties:
 *
 * <pre>
 * lightning-bridge.url=http://localhost:8090
 * lightning-bridge.agent=support
 * lightning-bridge.token=${LIGHTNING_BRIDGE_TOKEN}
 * </pre>
 */
@ApplicationScoped
public class SupportPrompt {
  private final PromptClient prompts;

  public SupportPrompt(
      @ConfigProperty(name = "lightning-bridge.url") URI server,
      @ConfigProperty(name = "lightning-bridge.agent") String agent,
      @ConfigProperty(name = "lightning-bridge.token") String token) {
    prompts = new PromptClient(server, agent, token, "Answer mails kindly.");
  }

  /** The prompt to use now: the one promoted last, or the last one known where the server is away. */
  public String current() {
    return prompts.current();
  }
}
