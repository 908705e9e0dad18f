package dev.lightningbridge.camp;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The databases that the app itself wrote. They lie outside the repository: in the folder named by
 * the system property {@code samples}, or in ../shared/samples.
 */
public final class Samples {
  public static final Path FOLDER =
      Path.of(System.getProperty("samples", "../shared/samples")).toAbsolutePath().normalize();

  private Samples() {}

  public static boolean areHere() {
    return Files.isDirectory(FOLDER);
  }

  /** The sample of that name. */
  public static Path file(String name) {
    return FOLDER.resolve(name);
  }
}
