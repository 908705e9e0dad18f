package dev.lightningbridge.server;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Sha256;
import dev.lightningbridge.store.BridgeHome;
import dev.lightningbridge.workshop.Workshop;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Training Camp databases that may be used: those below the configured folders. */
@ApplicationScoped
public class Databases {
  private final AllowedFolders folders;
  private final BridgeHome home;

  Databases(ServerSettings settings, Workshop workshop) {
    this.folders = new AllowedFolders(settings.databases().orElse(List.of()), new No());
    this.home = workshop.home();
  }

  /**
   * A database.
   *
   * @param id made of its path: the same on every server that sees it there
   */
  public record Database(String id, Path path, long bytes, Instant modifiedAt) {}

  /** The folders below which they are. */
  public List<Path> folders() {
    return folders.named();
  }

  /** All that there are, by path. */
  public List<Database> all() {
    return DatabaseSearch.below(folders.real(), home.folder()).stream()
        .map(Databases::database)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * The database of this id.
   *
   * @throws BridgeException where there is none
   */
  public Path get(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new BridgeException(
                    ApiError.NO_SUCH_DATABASE,
                    "there is no database of this id",
                    id,
                    "GET /api/v1/databases lists them."));
  }

  /**
   * The database of this id or path.
   *
   * @throws BridgeException where there is none, or it is in no allowed folder
   */
  public Path resolve(String idOrPath) {
    return find(idOrPath).orElseGet(() -> file(idOrPath));
  }

  /**
   * The file of this path, of whatever kind.
   *
   * @throws BridgeException where there is none, or it is in no allowed folder
   */
  public Path file(String name) {
    Path real = folders.resolve(name);
    if (Files.isRegularFile(real)) {
      return real;
    }
    throw new No().missing(name, null);
  }

  /**
   * The database of this id or path, or the path at which one may be made.
   *
   * @throws BridgeException where it is in no allowed folder, or its folder is not there
   */
  public Path place(String idOrPath) {
    return find(idOrPath).orElseGet(() -> placeAt(idOrPath));
  }

  /**
   * The file of this path, or the place at which a database may be made.
   *
   * @throws BridgeException as {@link #place}
   */
  public Path placeAt(String name) {
    Path place = folders.place(name);
    if (Files.isRegularFile(place)) {
      return place;
    }
    if (Files.exists(place) || place.startsWith(home.folder())) {
      throw new No().notAllowed(name);
    }
    if (!DatabaseSearch.isDatabaseName(place)) {
      throw new BridgeException(
          ApiError.DATABASE_UNNAMED,
          "a new database must have a name by which it is found",
          name,
          "Let its name end in .db.");
    }
    return place;
  }

  /** The id of the database at this path. */
  public static String id(Path path) {
    return Sha256.hex(path.toString()).substring(0, 16);
  }

  private Optional<Path> find(String id) {
    return all().stream()
        .filter(database -> database.id().equals(id))
        .map(Database::path)
        .findFirst();
  }

  private static Optional<Database> database(Path path) {
    try {
      return Optional.of(
          new Database(
              id(path), path, Files.size(path), Files.getLastModifiedTime(path).toInstant()));
    } catch (IOException e) {
      return Optional.empty(); // It was deleted since it was found.
    }
  }

  private static final class No implements AllowedFolders.Refusal {
    @Override
    public BridgeException notAllowed(String name) {
      return new BridgeException(
          ApiError.DATABASE_NOT_ALLOWED,
          "the file is in no folder that the server may use",
          name,
          "Start the server with --databases DIR for its folder.");
    }

    @Override
    public BridgeException missing(String name, @Nullable Exception cause) {
      return new BridgeException(
          ApiError.NO_SUCH_DATABASE,
          "there is no such file",
          name,
          "Name an id that GET /api/v1/databases lists, or a whole path.",
          cause);
    }
  }
}
