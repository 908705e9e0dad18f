package dev.lightningbridge.cli.options;

import dev.lightningbridge.camp.CampDatabase;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The Training Camp database that a command works on. */
public final class DatabaseOption {
  @Option(
      names = "--db",
      paramLabel = "FILE",
      required = true,
      description =
          "Training Camp database: a SQLite file, or the Base64 text of the browser's store.")
  public Path file = Path.of("");

  @Option(names = "--include-orphans", description = "Include what belongs to deleted sessions.")
  public boolean includeOrphans;

  public CampDatabase open() {
    return CampDatabase.open(file, new CampDatabase.Options(includeOrphans));
  }
}
