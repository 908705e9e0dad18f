package dev.lightningbridge.rollouts.http;

import dev.lightningbridge.api.ServerFolder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server that serves the stores of some agents. */
public final class AglLab implements QuarkusTestResourceLifecycleManager {
  static final String TOKEN = "beef".repeat(16);
  static final String FOLDER = "agl-lab.folder";

  private Path folder = Path.of("");

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("lightning-bridge-agl").toRealPath();
      Path home = Files.createDirectory(folder.resolve("home"));
      Files.writeString(home.resolve("token"), TOKEN + "\n");
      return Map.of(
          FOLDER,
          folder.toString(),
          "lightning-bridge.home",
          home.toString(),
          "lightning-bridge.databases",
          folder.toString(),
          "lightning-bridge.agl.mood.enabled",
          "true",
          "lightning-bridge.agl.other.enabled",
          "true",
          "lightning-bridge.agl.quiet.enabled",
          "false");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    ServerFolder.delete(folder);
  }
}
