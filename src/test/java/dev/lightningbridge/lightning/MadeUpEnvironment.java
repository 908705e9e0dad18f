package dev.lightningbridge.lightning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A folder that has what an environment is judged by, and in which nothing can be started. */
final class MadeUpEnvironment {
  private MadeUpEnvironment() {}

  static PythonEnvironment in(Path home, EnvironmentKind kind) throws IOException {
    Path packages = home.resolve("lib/python3.12/site-packages");
    Files.createDirectories(packages.resolve("jep"));
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(home.resolve("bin/python"));
    Files.createFile(packages.resolve("jep/libjep.so"));
    for (Map.Entry<String, String> one : kind.packages().entrySet()) {
      String version = one.getValue() + (one.getValue().endsWith(".") ? "0" : "");
      Files.createDirectory(packages.resolve(one.getKey() + "-" + version + ".dist-info"));
    }
    Files.createFile(home.resolve(PythonEnvironment.COMPLETE));
    Files.writeString(home.resolve("pyvenv.cfg"), "home = /usr/bin\nversion_info = 3.12.1\n");
    return PythonEnvironment.at(kind, home);
  }
}
