package dev.lightningbridge.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that most commands take. */
final class CommonOptions {
  @Option(
      names = "--home",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      defaultValue = ".lightning-bridge",
      description = "Folder of bridge.db, reports and backups (default: ${DEFAULT-VALUE}).")
  Path home = Path.of(".lightning-bridge");

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description =
          "Print exactly one JSON document on standard output; the rest on standard error.")
  boolean json;
}
