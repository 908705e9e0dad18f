package dev.lightningbridge.cli.options;

import dev.lightningbridge.dataset.export.ExportRequest;
import dev.lightningbridge.dataset.export.ExportRequest.EventShape;
import dev.lightningbridge.dataset.export.PairRules;
import dev.lightningbridge.dataset.split.Seals;
import dev.lightningbridge.dataset.split.SplitPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an export leaves out, and how its rows are made. */
public final class ExportChoices {
  @Option(names = "--session", paramLabel = "ID", description = "Only this session.")
  @Nullable String session;

  @Option(
      names = "--min-score",
      paramLabel = "N",
      description =
          "Only attempts with a current score of at least N, 1 to 10 (sft: 8); dpo: of the chosen.")
  @Nullable Integer minScore;

  @Option(
      names = "--since",
      paramLabel = "CURSOR",
      description = "Only what is new since the export that ended with this cursor.")
  @Nullable String since;

  @Option(names = "--metadata", description = "sft: say of each example where it comes from.")
  boolean metadata;

  @Option(
      names = "--min-margin",
      paramLabel = "N",
      defaultValue = "3",
      description = "dpo: points between the two scores of a pair (${DEFAULT-VALUE}).")
  int minMargin;

  @Option(
      names = "--cross-input",
      description = "dpo: also pairs whose outputs answer different inputs of a session.")
  boolean crossInput;

  @Option(
      names = "--max-pairs-per-input",
      paramLabel = "N",
      defaultValue = "20",
      description = "dpo: the widest margins are kept (${DEFAULT-VALUE}).")
  int maxPairsPerInput;

  @Option(names = "--no-payloads", description = "events: without their payloads.")
  boolean noPayloads;

  @Option(names = "--csv", description = "events: as comma-separated values, without payloads.")
  boolean csv;

  @Option(
      names = "--csv-safe",
      description =
          "events: as --csv, and a text that a spreadsheet would run begins with an apostrophe.")
  boolean csvSafe;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "tasks, rl: the seed of the split, as of `optimize`; what runs of this --home have sealed"
              + " stays in test (${DEFAULT-VALUE}).")
  public long splitSeed;

  /**
   * The request with these choices.
   *
   * @param seals what was sealed before
   */
  public ExportRequest apply(ExportRequest request, Seals seals) {
    if (minScore != null && (minScore < 1 || minScore > 10)) {
      throw CliError.option("a score is from 1 to 10, not " + minScore, "--min-score");
    }
    if (minMargin < 1 || minMargin > 9) {
      throw CliError.option("a margin is from 1 to 9, not " + minMargin, "--min-margin");
    }
    if (maxPairsPerInput < 1) {
      throw CliError.option("at least one pair is made", "--max-pairs-per-input");
    }
    return request
        .withSession(session)
        .withMinScore(minScore)
        .withSince(since)
        .withMetadata(metadata)
        .withPairs(new PairRules(minMargin, crossInput, maxPairsPerInput))
        .withEvents(events())
        .withSplit(SplitPlan.DEFAULT, seals);
  }

  private EventShape events() {
    if (csvSafe) {
      return EventShape.CSV_SAFE;
    }
    if (csv) {
      return EventShape.CSV;
    }
    return noPayloads ? EventShape.WITHOUT_PAYLOADS : EventShape.WITH_PAYLOADS;
  }
}
