package dev.lightningbridge.cli.names;

import dev.lightningbridge.cli.options.CliError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Corpus;
import java.util.List;

/** Finds the versions of an agent by their numbers. */
public final class NumberedVersions {
  private NumberedVersions() {}

  /**
   * @param option that named the number
   * @throws BridgeException where the lineage has no such version
   */
  public static AgentVersion numbered(Corpus corpus, String lineageId, int number, String option) {
    List<AgentVersion> all = corpus.agentVersions(lineageId);
    return all.stream()
        .filter(each -> each.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                CliError.option(
                    "the lineage has no version %d; it has %s"
                        .formatted(
                            number,
                            String.join(
                                ", ",
                                all.stream().map(v -> Integer.toString(v.number())).toList())),
                    option));
  }
}
