package dev.lightningbridge.cli.options;

import java.util.List;
import picocli.CommandLine.Option;

/** Sessions whose inputs and scores join those of a session. */
public final class PoolOption {
  @Option(
      names = "--pool",
      paramLabel = "WHICH",
      description =
          "Take in the inputs and the scores of this session too: its id, the beginning of it, or"
              + " its name; may be repeated. same-need: of all sessions whose need is the same text.")
  public List<String> said = List.of();
}
