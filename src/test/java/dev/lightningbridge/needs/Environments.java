package dev.lightningbridge.needs;

import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.lightning.PythonEnvironment;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the process that runs the tests was given by its environment variables. */
public final class Environments {
  private Environments() {}

  /**
   * The environment that tests are run with.
   *
   * @throws dev.lightningbridge.common.BridgeException where there is none: the test does not say
   *     {@link NeedsEnvironment}; or where it is broken
   */
  public static PythonEnvironment of(EnvironmentKind kind) {
    return PythonEnvironment.find(kind, System.getenv());
  }

  static boolean isNamed(EnvironmentKind kind) {
    return !System.getenv().getOrDefault(kind.variable(), "").isBlank();
  }

  /** Why the tests that need it are skipped where it is not named. */
  static String otherwise(EnvironmentKind kind) {
    return "%s is not set; %s makes the environment and scripts/test finds it"
        .formatted(kind.variable(), kind.setup());
  }

  /** All of it, for a test whose own processes are to have some of it. */
  public static Map<String, String> whole() {
    return System.getenv();
  }

  /** The folders in which programs are looked for. */
  public static List<Path> path() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }
}
