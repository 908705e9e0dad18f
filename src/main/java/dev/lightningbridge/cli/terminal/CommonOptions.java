package dev.lightningbridge.cli.terminal;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that most commands take. */
public final class CommonOptions {
  /** The home folder where none is named. */
  static final String USUAL_HOME = ".lightning-bridge";

  @Option(
      names = "--home",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      defaultValue = USUAL_HOME,
      description = "Folder of bridge.db, reports and backups (default: ${DEFAULT-VALUE}).")
  public Path home = Path.of(USUAL_HOME);

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description =
          "Print exactly one JSON document on standard output; the rest on standard error.")
  public boolean json;

  /** How the user called the command. */
  public Invocation invocation() {
    return Invocation.of(System.getenv("LIGHTNING_BRIDGE_PROGRAM"), home);
  }
}
