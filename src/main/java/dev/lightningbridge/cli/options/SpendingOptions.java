package dev.lightningbridge.cli.options;

import picocli.CommandLine.Option;

/** Whether to call a model at all. */
public final class SpendingOptions {
  @Option(
      names = "--dry-run",
      description =
          "Only say about how many calls, tokens and US dollars it would take: call no model and"
              + " keep nothing.")
  public boolean dryRun;

  @Option(
      names = "--yes",
      description =
          "Do not ask, on a terminal, before a paid endpoint is called without any limit.")
  public boolean yes;
}
