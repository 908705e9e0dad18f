package dev.lightningbridge.common;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The programs of this machine. */
public final class Programs {
  private Programs() {}

  /** Whether there is such a program, on the PATH or at its path as seen from the folder. */
  public static boolean has(String program, Path folder) {
    return program.contains(File.separator)
        ? Files.isExecutable(folder.resolve(program))
        : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }
}
