package dev.lightningbridge.web;

import dev.lightningbridge.api.ServerFolder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A folder of base models, with one that is a model by its files' names alone. */
public final class TrainingLab implements QuarkusTestResourceLifecycleManager {
  /** A page that took it for markup would show it bold. */
  static final String MODEL = "<b>tiny";

  private Path folder = Path.of("");

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("lightning-bridge-models").toRealPath();
      Path model = Files.createDirectory(folder.resolve(MODEL));
      Files.writeString(model.resolve("config.json"), "{}");
      Files.writeString(model.resolve("tokenizer_config.json"), "{}");
      return Map.of("lightning-bridge.base-models", folder.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    ServerFolder.delete(folder);
  }
}
