package dev.lightningbridge.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads an agent's classes. Of this application they see the words of an agent alone, and none of
 * its libraries: the agent's own are of whatever versions it likes.
 */
final class AgentClassPath extends URLClassLoader {
  private AgentClassPath(URL[] path) {
    super("agent", path, new Contract());
  }

  /** Of jars, folders of classes, and {@code FOLDER/*}. */
  static AgentClassPath of(List<String> path) {
    List<URL> urls = new ArrayList<>();
    for (String entry : path) {
      if (entry.endsWith("*")) {
        jars(Path.of(entry.substring(0, entry.length() - 1)), urls);
      } else {
        urls.add(url(Path.of(entry)));
      }
    }
    return new AgentClassPath(urls.toArray(URL[]::new));
  }

  private static void jars(Path folder, List<URL> urls) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      jars.forEach(jar -> urls.add(url(jar)));
    } catch (IOException e) {
      throw new UncheckedIOException("the folder cannot be read: " + folder, e);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toAbsolutePath().toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The JDK, and what an agent is told and answers. */
  private static final class Contract extends ClassLoader {
    private static final List<String> SHARED =
        List.of(
            "dev.lightningbridge.agent.",
            "dev.lightningbridge.dataset.",
            "dev.lightningbridge.model.",
            "dev.lightningbridge.common.");

    Contract() {
      super("agent-contract", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (SHARED.stream().anyMatch(name::startsWith)) {
        return Class.forName(name, false, AgentRunner.class.getClassLoader());
      }
      throw new ClassNotFoundException(name);
    }
  }
}
