package dev.lightningbridge.lightning;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Python environment that {@code scripts/setup} makes for the real APO: a venv with
 * agentlightning and Jep. It is looked at through its files only; no Python is started.
 */
public final class PythonEnvironment {
  /** Environment variable that names the venv's folder; {@code scripts/bridge} sets it. */
  public static final String VARIABLE = "LIGHTNING_BRIDGE_APO_ENV";

  /** File in the venv's folder that set-up writes when everything else is there. */
  public static final String COMPLETE = ".complete";

  private static final Map<String, String> PACKAGES =
      Map.of("agentlightning", "0.3.0", "jep", "4.3.1");
  private static final Pattern VERSION =
      Pattern.compile("version(?:_info)?\\s*=\\s*(3\\.(\\d+)\\S*)");
  private static final int OLDEST_MINOR = 10;
  private static final int NEWEST_MINOR = 13;
  private static final String REMEDY = "Run scripts/setup, which makes or mends the environment";

  private final Path home;
  private final String version;
  private final Path sitePackages;

  private PythonEnvironment(Path home, String version, Path sitePackages) {
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
  public static PythonEnvironment find(Map<String, String> variables) {
    String folder = variables.getOrDefault(VARIABLE, "");
    if (folder.isBlank()) {
      throw new BridgeException(
          LightningError.ENVIRONMENT_MISSING,
          "no Python environment with agentlightning is configured",
          VARIABLE + " is not set",
          REMEDY + ", and start with scripts/bridge, which passes it on.");
    }
    return at(Path.of(folder));
  }

  /**
   * The environment in this folder.
   *
   * @throws BridgeException as {@link #find}
   */
  public static PythonEnvironment at(Path folder) {
    Path home = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(home)) {
      throw new BridgeException(
          LightningError.ENVIRONMENT_MISSING,
          "the folder of the Python environment does not exist",
          home.toString(),
          REMEDY + ".");
    }
    if (!Files.exists(home.resolve(COMPLETE))) {
      throw broken("its set-up was not finished", home.resolve(COMPLETE));
    }
    Matcher found = VERSION.matcher(read(home.resolve("pyvenv.cfg")));
    if (!found.find()) {
      throw broken("it names no Python version", home.resolve("pyvenv.cfg"));
    }
    int minor = Integer.parseInt(found.group(2));
    if (minor < OLDEST_MINOR || minor > NEWEST_MINOR) {
      throw broken(
          "its Python %s is outside 3.%d to 3.%d"
              .formatted(found.group(1), OLDEST_MINOR, NEWEST_MINOR),
          home);
    }
    Path sitePackages = home.resolve("lib/python3." + minor + "/site-packages");
    PythonEnvironment environment = new PythonEnvironment(home, found.group(1), sitePackages);
    environment.check();
    return environment;
  }

  private void check() {
    for (Path file : new Path[] {python(), jepLibrary()}) {
      if (!Files.exists(file)) {
        throw broken("a file of it is missing", file);
      }
    }
    Map<String, String> installed = installed();
    PACKAGES.forEach(
        (name, wanted) -> {
          String version = installed.get(name);
          if (!wanted.equals(version)) {
            throw broken(
                "%s %s is needed, %s is installed"
                    .formatted(name, wanted, version == null ? "none" : version),
                sitePackages);
          }
        });
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
        PACKAGES.keySet().stream()
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
      throw broken("its packages cannot be listed", sitePackages, e);
    }
    return versions;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw broken("a file of it cannot be read", file, e);
    }
  }

  private static BridgeException broken(String what, Path where) {
    return broken(what, where, null);
  }

  private static BridgeException broken(String what, Path where, @Nullable Throwable cause) {
    return new BridgeException(
        LightningError.ENVIRONMENT_BROKEN,
        "the Python environment cannot be used: " + what,
        where.toString(),
        REMEDY + ".",
        cause);
  }
}
