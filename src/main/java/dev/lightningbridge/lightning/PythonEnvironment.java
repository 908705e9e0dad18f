package dev.lightningbridge.lightning;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Python environment that {@code scripts/setup} makes: a venv with a trainer and Jep. It is
 * looked at through its files only; no Python is started.
 */
public final class PythonEnvironment {
  /** File in the venv's folder that set-up writes when everything else is there. */
  public static final String COMPLETE = ".complete";

  private static final Pattern VERSION =
      Pattern.compile("version(?:_info)?\\s*=\\s*(3\\.(\\d+)\\S*)");
  private static final int OLDEST_MINOR = 10;
  private static final int NEWEST_MINOR = 13;

  private final EnvironmentKind kind;
  private final Path home;
  private final String version;
  private final Path sitePackages;

  private PythonEnvironment(EnvironmentKind kind, Path home, String version, Path sitePackages) {
    this.kind = kind;
    this.home = home;
    this.version = version;
    this.sitePackages = sitePackages;
  }

  /**
   * The environment that the process's environment variables name.
   *
   * @throws BridgeException where there is none, or it cannot be used; the remedy names the command
   *     that mends it
   */
  public static PythonEnvironment find(EnvironmentKind kind, Map<String, String> variables) {
    String folder = variables.getOrDefault(kind.variable(), "");
    if (folder.isBlank()) {
      throw new BridgeException(
          LightningError.ENVIRONMENT_MISSING,
          "no Python environment with %s is configured".formatted(kind.trainer()),
          kind.variable() + " is not set",
          remedy(kind) + ", and start with scripts/bridge, which passes it on.");
    }
    return at(kind, Path.of(folder));
  }

  /**
   * The environment in this folder.
   *
   * @throws BridgeException as {@link #find}
   */
  public static PythonEnvironment at(EnvironmentKind kind, Path folder) {
    Path home = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(home)) {
      throw new BridgeException(
          LightningError.ENVIRONMENT_MISSING,
          "the folder of the Python environment does not exist",
          home.toString(),
          remedy(kind) + ".");
    }
    if (!Files.exists(home.resolve(COMPLETE))) {
      throw broken(kind, "its set-up was not finished", home.resolve(COMPLETE));
    }
    Matcher found = VERSION.matcher(read(kind, home.resolve("pyvenv.cfg")));
    if (!found.find()) {
      throw broken(kind, "it names no Python version", home.resolve("pyvenv.cfg"));
    }
    int minor = Integer.parseInt(found.group(2));
    if (minor < OLDEST_MINOR || minor > NEWEST_MINOR) {
      throw broken(
          kind,
          "its Python %s is outside 3.%d to 3.%d"
              .formatted(found.group(1), OLDEST_MINOR, NEWEST_MINOR),
          home);
    }
    Path sitePackages = home.resolve("lib/python3." + minor + "/site-packages");
    PythonEnvironment environment = new PythonEnvironment(kind, home, found.group(1), sitePackages);
    environment.check();
    return environment;
  }

  private void check() {
    List<Path> files = kind.embedded() ? List.of(python(), jepLibrary()) : List.of(python());
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw broken(kind, "a file of it is missing", file);
      }
    }
    Map<String, String> installed = installed();
    kind.packages()
        .forEach(
            (name, wanted) -> {
              String version = installed.get(name);
              if (!fits(wanted, version)) {
                throw broken(
                    kind,
                    "%s %s is needed, %s is installed"
                        .formatted(
                            name,
                            wanted.endsWith(".") ? wanted + "x" : wanted,
                            version == null ? "none" : version),
                    sitePackages);
              }
            });
  }

  private static boolean fits(String wanted, @Nullable String version) {
    return version != null
        && (wanted.endsWith(".") ? version.startsWith(wanted) : version.equals(wanted));
  }

  /** The command that makes or mends it. */
  public String setup() {
    return kind.setup();
  }

  /** The venv's folder. */
  public Path home() {
    return home;
  }

  /** CPython's version, such as 3.12.1. */
  public String version() {
    return version;
  }

  /** The venv's interpreter. */
  public Path python() {
    return home.resolve("bin/python");
  }

  /** The native library with which Jep embeds CPython. */
  public Path jepLibrary() {
    return sitePackages.resolve("jep/libjep.so");
  }

  /** One line for people: what this environment is. */
  public String describe() {
    Map<String, String> installed = installed();
    String packages =
        kind.packages().keySet().stream()
            .sorted()
            .map(name -> name + " " + installed.get(name))
            .collect(Collectors.joining(", "));
    return "CPython " + version + ", " + packages + " in " + home;
  }

  /** The packages by name, as the {@code NAME-VERSION.dist-info} folders tell them. */
  private Map<String, String> installed() {
    Map<String, String> versions = new LinkedHashMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(sitePackages, "*-*.dist-info")) {
      for (Path folder : folders) {
        String name = String.valueOf(folder.getFileName());
        int dash = name.indexOf('-');
        versions.put(
            name.substring(0, dash),
            name.substring(dash + 1, name.length() - ".dist-info".length()));
      }
    } catch (IOException e) {
      throw broken(kind, "its packages cannot be listed", sitePackages, e);
    }
    return versions;
  }

  private static String read(EnvironmentKind kind, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw broken(kind, "a file of it cannot be read", file, e);
    }
  }

  private static BridgeException broken(EnvironmentKind kind, String what, Path where) {
    return broken(kind, what, where, null);
  }

  private static BridgeException broken(
      EnvironmentKind kind, String what, Path where, @Nullable Throwable cause) {
    return new BridgeException(
        LightningError.ENVIRONMENT_BROKEN,
        "the Python environment cannot be used: " + what,
        where.toString(),
        remedy(kind) + ".",
        cause);
  }

  private static String remedy(EnvironmentKind kind) {
    return "Run " + kind.setup() + ", which makes or mends the environment";
  }
}
