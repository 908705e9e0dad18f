package dev.lightningbridge.server;

import dev.lightningbridge.agent.AgentName;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of agents' own applications and runners, one each, in the home folder. That of a
 * captured agent, in {@code capture}, is good for its calls, for scores of them and for its prompt;
 * that of an agent of agentlightning, in {@code agl}, for its store. They open nothing else.
 */
@Startup
@ApplicationScoped
public class AgentTokens {
  private static final String CALLS = "/capture/";
  private static final String STORES = "/agl/";

  private static final Pattern SCORES = Pattern.compile("/api/v1/(attempts|traces)/[^/]+/score");
  private static final Pattern PROMPT = Pattern.compile("/api/v1/agents/([^/]+)/prompt");

  private final Map<Owner, ServerToken> tokens = new LinkedHashMap<>();
  private final BridgeHome home;

  AgentTokens(ServerSettings settings, Workshop workshop) {
    home = workshop.home();
    read("capture", settings.capture().keySet());
    read("agl", settings.agl().keySet());
  }

  /**
   * Whose token it is.
   *
   * @param kind of the agent, as the configuration has it: capture or agl
   */
  record Owner(String kind, String agent) {
    /** Whether the token is good for that. */
    boolean opens(HttpMethod method, String path) {
      if (kind.equals("agl")) {
        // The store itself says that there is no other.
        return path.startsWith(STORES);
      }
      if (path.startsWith(CALLS)) {
        return path.startsWith(CALLS + agent + "/");
      }
      Matcher prompt = PROMPT.matcher(path);
      return (HttpMethod.POST.equals(method) && SCORES.matcher(path).matches())
          || (HttpMethod.GET.equals(method) && prompt.matches() && prompt.group(1).equals(agent));
    }
  }

  private void read(String kind, Collection<String> names) {
    for (String name : names) {
      if (!AgentName.isUsable(name)) {
        throw new BridgeException(
            ApiError.AGENT_NAME_UNUSABLE,
            "\"%s\" cannot be a part of a URL and of a file's name".formatted(name),
            "lightning-bridge." + kind,
            AgentName.REMEDY);
      }
      Path file = file(kind, name);
      try {
        Files.createDirectories(file.resolveSibling("."));
      } catch (IOException e) {
        throw new BridgeException(
            StoreError.UNUSABLE,
            "the folder of the agents' tokens cannot be made: " + e.getMessage(),
            file.toString(),
            "Look at the folder's rights and free space.",
            e);
      }
      tokens.put(new Owner(kind, name), ServerToken.at(file));
    }
  }

  private Path file(String kind, String agent) {
    return home.folder().resolve(kind).resolve(agent + ".token");
  }

  /** Where a captured agent's token is kept. */
  public Path file(String agent) {
    return file("capture", agent);
  }

  /** Whose token it is. */
  Optional<Owner> ownerOf(String given) {
    return tokens.entrySet().stream()
        .filter(token -> token.getValue().matches(given))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether an agent's token alone is taken there, not the server's. */
  static boolean isAgentsAlone(String path) {
    return path.startsWith(CALLS) || isStore(path);
  }

  /** Where the token may come as a password, too: runners' clients can only put it into the URL. */
  static boolean isStore(String path) {
    return path.startsWith(STORES);
  }
}
