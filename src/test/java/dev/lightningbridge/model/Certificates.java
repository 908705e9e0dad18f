package dev.lightningbridge.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates made by the JDK's keytool, each with its key in a store and itself as PEM. */
final class Certificates {
  static final String PASSWORD = "changeit";

  private final Path folder;

  Certificates(Path folder) {
    this.folder = folder;
  }

  /**
   * @param options of {@code keytool -genkeypair}: validity, names
   */
  Path store(String name, String... options) {
    Path store = folder.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name));
    command.addAll(List.of(options));
    keytool(store, command);
    return store;
  }

  Path pem(Path store) {
    Path pem = folder.resolve(store.getFileName() + ".pem");
    String alias = store.getFileName().toString().replace(".p12", "");
    keytool(store, List.of("-exportcert", "-rfc", "-alias", alias, "-file", pem.toString()));
    return pem;
  }

  private void keytool(Path store, List<String> words) {
    List<String> command = new ArrayList<>(words);
    command.addFirst(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    try {
      Path log = Files.createTempFile(folder, "keytool", ".log");
      int status =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException(Files.readString(log));
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
