package dev.lightningbridge.camp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The databases that the app itself wrote. They lie outside the repository: in the folder named by
 * the system property {@code samples}, or in ../shared/samples; without them a test is skipped.
 */
public final class Samples {
  private Samples() {}

  /** The sample of that name; ends the test as skipped where it is not there. */
  public static Path file(String name) {
    Path file = Path.of(System.getProperty("samples", "../shared/samples")).resolve(name);
    assumeTrue(Files.exists(file), () -> "no sample " + file.toAbsolutePath().normalize());
    return file;
  }
}
