package dev.lightningbridge.needs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The child processes of the JVM that runs the tests. */
public final class Children {
  private Children() {}

  /** Workers, the Python programs that belong to them, and all below these. */
  public static List<ProcessHandle> workers() {
    try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
      return children
          .filter(ProcessHandle::isAlive)
          .filter(Children::isOfAnEngine)
          .flatMap(child -> Stream.concat(Stream.of(child), child.descendants()))
          .toList();
    }
  }

  /** Other tests run the command line, or a database, beside. */
  private static boolean isOfAnEngine(ProcessHandle child) {
    List<String> words = words(child);
    return words.contains("dev.lightningbridge.lightning.WorkerMain")
        || (!words.isEmpty() && words.getFirst().contains("python"));
  }

  /** Of the command; {@link ProcessHandle.Info} leaves out long ones. */
  private static List<String> words(ProcessHandle process) {
    try {
      String line =
          Files.readString(
              Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
      return List.of(line.split("\0"));
    } catch (IOException e) {
      return List.of(); // it has ended
    }
  }
}
