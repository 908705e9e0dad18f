package dev.lightningbridge.server;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folders below which requests may name files. What a request names is resolved to its real path
 * first, so that no link and no {@code ..} leads out of them.
 */
final class AllowedFolders {
  private final List<Path> folders;
  private final Refusal refusal;

  AllowedFolders(List<Path> folders, Refusal refusal) {
    this.folders =
        folders.stream().map(folder -> folder.toAbsolutePath().normalize()).distinct().toList();
    this.refusal = refusal;
  }

  /** How it says no. */
  interface Refusal {
    /** The place is in no allowed folder. */
    BridgeException notAllowed(String name);

    /** There is nothing at the place. */
    BridgeException missing(String name, @Nullable Exception cause);
  }

  /** As they were named. */
  List<Path> named() {
    return folders;
  }

  /** Those that are there, without links. */
  List<Path> real() {
    return folders.stream().flatMap(folder -> realPath(folder).stream()).toList();
  }

  /**
   * The real path of what is named.
   *
   * @param name a whole path
   * @throws BridgeException the refusal's
   */
  Path resolve(String name) {
    Path given = path(name);
    // Whether a file elsewhere exists is nobody's business: so this is asked first.
    if (!isBelow(folders, given) && !holds(given)) {
      throw refusal.notAllowed(name);
    }
    try {
      Path real = given.toRealPath();
      if (!holds(real)) {
        throw refusal.notAllowed(name);
      }
      return real;
    } catch (IOException e) {
      throw refusal.missing(name, e);
    }
  }

  /**
   * The real path of what is named, or of what may be made there.
   *
   * @param name a whole path
   * @throws BridgeException the refusal's, also where its folder is not there
   */
  Path place(String name) {
    Path given = path(name);
    Path folder = given.getParent();
    Path last = given.getFileName();
    if (folder == null || last == null || Files.exists(given, LinkOption.NOFOLLOW_LINKS)) {
      return resolve(name);
    }
    return resolve(folder.toString()).resolve(last);
  }

  /** Whether the real path is below one of them. */
  boolean holds(Path real) {
    return isBelow(real(), real);
  }

  private Path path(String name) {
    try {
      Path path = Path.of(name);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException e) {
      throw refusal.missing(name, e);
    }
    throw refusal.missing(name, null);
  }

  private static boolean isBelow(List<Path> folders, Path path) {
    return folders.stream().anyMatch(path::startsWith);
  }

  private static Optional<Path> realPath(Path folder) {
    try {
      return Optional.of(folder.toRealPath());
    } catch (IOException e) {
      return Optional.empty(); // A folder that is not there yet holds nothing.
    }
  }
}
