package dev.lightningbridge.capture;

import dev.lightningbridge.api.ServerFolder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A server that captures some agents, and the endpoint behind it. */
public final class CaptureLab implements QuarkusTestResourceLifecycleManager {
  static final String TOKEN = "beef".repeat(16);
  static final String KEY = "sk-of-the-endpoint";
  static final String FOLDER = "capture-lab.folder";
  static final String ENDPOINT = "capture-lab.endpoint";

  /** One whose calls come from agentlightning's runners, which ask this server for work. */
  static final String RUNNERS = "runners";

  /** One without an endpoint. */
  private static final String SPANS = "spans";

  private static final List<String> SHARING = List.of("shared", "halved", "sinking", "rising");
  private static final List<String> AGENTS =
      Stream.concat(
              Stream.of(
                  "support", "other", "letters", "parcels", "words", "weights", "dated", "unheard",
                  "chained", "ships", "quiet", "outside", RUNNERS, SPANS),
              SHARING.stream())
          .toList();

  private Path folder = Path.of("");
  private final ScriptedEndpoint endpoint = new ScriptedEndpoint();

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("lightning-bridge-capture").toRealPath();
      Path home = Files.createDirectory(folder.resolve("home"));
      Files.writeString(home.resolve("token"), TOKEN + "\n");
      Path databases = Files.createDirectory(folder.resolve("databases"));
      Path key = Files.writeString(folder.resolve("key"), KEY);
      endpoint.start();
      Map<String, String> settings = new HashMap<>();
      settings.put(FOLDER, folder.toString());
      settings.put(ENDPOINT, endpoint.url());
      settings.put("lightning-bridge.home", home.toString());
      settings.put("lightning-bridge.databases", databases.toString());
      for (String agent : AGENTS) {
        String prefix = "lightning-bridge.capture." + agent;
        Path where = agent.equals("outside") ? folder : databases;
        if (!agent.equals(SPANS)) {
          settings.put(prefix + ".base-url", endpoint.url() + "/v1");
          settings.put(prefix + ".key-file", key.toString());
        }
        settings.put(prefix + ".database", where.resolve("apps.db").toString());
      }
      for (String agent : SHARING) {
        settings.put("lightning-bridge.capture." + agent + ".candidate-share", "0.5");
      }
      settings.put("lightning-bridge.capture.quiet.enabled", "false");
      settings.put("lightning-bridge.agl." + RUNNERS + ".enabled", "true");
      settings.put("lightning-bridge.capture.support.masks.email", "[\\w.]+@[\\w.]+");
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    endpoint.stop();
    ServerFolder.delete(folder);
  }
}
