package dev.lightningbridge.server;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.store.BridgeHome;
import dev.lightningbridge.store.StoreError;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of applications whose calls are captured, one an agent, in the home folder's {@code
 * capture}. Such a token is good for its agent's calls, for scores of them and for its prompt, and
 * opens nothing else.
 */
@Startup
@ApplicationScoped
public class AgentTokens {
  /** Below here an agent's token alone is taken, not the server's. */
  static final String CALLS = "/capture/";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Pattern SCORES = Pattern.compile("/api/v1/(attempts|traces)/[^/]+/score");
  private static final Pattern PROMPT = Pattern.compile("/api/v1/agents/([^/]+)/prompt");

  private final Map<String, ServerToken> tokens = new TreeMap<>();
  private final BridgeHome home;

  AgentTokens(ServerSettings settings, Workshop workshop) {
    home = workshop.home();
    for (String name : settings.capture().keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new BridgeException(
            ApiError.AGENT_NAME_UNUSABLE,
            "\"%s\" cannot be a part of a URL and of a file's name".formatted(name),
            "lightning-bridge.capture",
            "Use letters, digits, - and _, 64 at the most.");
      }
      try {
        Files.createDirectories(file(name).resolveSibling("."));
      } catch (IOException e) {
        throw new BridgeException(
            StoreError.UNUSABLE,
            "the folder of the agents' tokens cannot be made: " + e.getMessage(),
            file(name).toString(),
            "Look at the folder's rights and free space.",
            e);
      }
      tokens.put(name, ServerToken.at(file(name)));
    }
  }

  /** Where the agent's token is kept. */
  public Path file(String agent) {
    return home.folder().resolve("capture").resolve(agent + ".token");
  }

  /** The agent whose token it is. */
  Optional<String> agentOf(String given) {
    return tokens.entrySet().stream()
        .filter(token -> token.getValue().matches(given))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether the agent's token is good for that. */
  static boolean opens(String agent, HttpMethod method, String path) {
    if (path.startsWith(CALLS)) {
      return path.startsWith(CALLS + agent + "/");
    }
    Matcher prompt = PROMPT.matcher(path);
    return (HttpMethod.POST.equals(method) && SCORES.matcher(path).matches())
        || (HttpMethod.GET.equals(method) && prompt.matches() && prompt.group(1).equals(agent));
  }
}
