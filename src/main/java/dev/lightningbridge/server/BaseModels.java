package dev.lightningbridge.server;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.lightning.TrlTrainer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models that trainings may start from: folders, as transformers write them, below the
 * configured ones. None of a model's files may lie elsewhere.
 */
@ApplicationScoped
public class BaseModels {
  private final AllowedFolders folders;

  BaseModels(ServerSettings settings) {
    this.folders = new AllowedFolders(settings.baseModels().orElse(List.of()), new No());
  }

  /**
   * A model.
   *
   * @param id made of its path: the same on every server that sees it there
   * @param name of its folder
   * @param bytes of its files
   */
  public record BaseModel(String id, String name, Path path, long bytes) {}

  /** The folders below which they are. */
  public List<Path> folders() {
    return folders.named();
  }

  /** All that there are, by path. */
  public List<BaseModel> all() {
    return ModelSearch.below(folders.real()).stream()
        .flatMap(path -> model(path).stream())
        .toList();
  }

  /**
   * The folder of the model of this id or path.
   *
   * @throws BridgeException where there is none, it is in no allowed folder, or there is no such
   *     folder at all
   */
  public Path resolve(String idOrPath) {
    if (folders.named().isEmpty()) {
      throw new BridgeException(
          ApiError.NO_BASE_MODELS,
          "the server may train no model: no folder of base models is configured",
          "baseModel",
          "Start the server with --base-models DIR, a folder that holds models.");
    }
    return all().stream()
        .filter(model -> model.id().equals(idOrPath))
        .map(BaseModel::path)
        .findFirst()
        .orElseGet(() -> folder(idOrPath));
  }

  private Path folder(String name) {
    Path real = folders.resolve(name);
    if (!Files.isDirectory(real)) {
      throw new No().missing(name, null);
    }
    TrlTrainer.requireModel(real);
    if (bytes(real).isEmpty()) {
      throw new No().notAllowed(name);
    }
    return real;
  }

  private Optional<BaseModel> model(Path path) {
    return bytes(path)
        .map(
            bytes ->
                new BaseModel(Databases.id(path), String.valueOf(path.getFileName()), path, bytes));
  }

  /** Of its files together; empty where a link leads out of the allowed folders. */
  private Optional<Long> bytes(Path model) {
    try (Stream<Path> files = Files.list(model)) {
      long bytes = 0;
      for (Path file : files.toList()) {
        Path real = file.toRealPath();
        if (!folders.holds(real)) {
          return Optional.empty();
        }
        bytes += Files.isRegularFile(real) ? Files.size(real) : 0;
      }
      return Optional.of(bytes);
    } catch (IOException e) {
      return Optional.empty(); // It is being changed, or may not be read.
    }
  }

  private static final class No implements AllowedFolders.Refusal {
    @Override
    public BridgeException notAllowed(String name) {
      return new BridgeException(
          ApiError.MODEL_NOT_ALLOWED,
          "the model is in no folder that the server may train from",
          name,
          "Start the server with --base-models DIR for its folder.");
    }

    @Override
    public BridgeException missing(String name, @Nullable Exception cause) {
      return new BridgeException(
          ApiError.NO_SUCH_BASE_MODEL,
          "there is no such base model",
          name,
          "Name an id that GET /api/v1/base-models lists, or a whole path.",
          cause);
    }
  }
}
