package dev.lightningbridge.server;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.grading.GradingError;
import dev.lightningbridge.runs.nights.NamedGraders;
import java.util.HashMap;
import java.util.Map;

/** The graders outside of this program that the server's configuration names. */
public final class ConfiguredGraders {
  private ConfiguredGraders() {}

  /**
   * All of them.
   *
   * @throws BridgeException LB-4008 where one has not one of a command and a URL
   */
  public static NamedGraders of(ServerSettings settings) {
    Map<String, ExternalGrader> graders = new HashMap<>();
    settings.graders().forEach((name, grader) -> graders.put(name, grader(name, grader)));
    return new NamedGraders(graders);
  }

  private static ExternalGrader grader(String name, ServerSettings.NamedGrader grader) {
    int seconds = grader.timeout();
    if (grader.command().isPresent() == grader.url().isPresent()) {
      throw unusable(name, "it has not one of a command and a URL");
    }
    try {
      return grader
          .url()
          .<ExternalGrader>map(url -> new ExternalGrader.Http(name, url, seconds))
          .orElseGet(
              () -> ExternalGrader.Command.of(name, grader.command().orElseThrow(), seconds));
    } catch (IllegalArgumentException e) {
      throw unusable(name, String.valueOf(e.getMessage()));
    }
  }

  private static BridgeException unusable(String name, String what) {
    return new BridgeException(
        GradingError.GRADER_UNUSABLE,
        what,
        "lightning-bridge.graders." + name,
        "Set its .command or its .url, and start the server again.");
  }
}
