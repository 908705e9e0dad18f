package dev.lightningbridge.cli;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.dataset.export.ExportReport;
import dev.lightningbridge.dataset.export.ExportRequest;
import dev.lightningbridge.dataset.export.Exports;
import dev.lightningbridge.dataset.export.Format;
import dev.lightningbridge.dataset.export.PairRules;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bridge export}: writes a database's training data for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Write the database's training data as JSON Lines, in the shapes of agentlightning.")
final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DatabaseOption database = new DatabaseOption();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      required = true,
      description = "events, tasks, rollouts, resources, rewards, store, sft, dpo or rl.")
  String format = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the files, each named as its format; made where missing.")
  Path out = Path.of("");

  @Option(names = "--session", paramLabel = "ID", description = "Only this session.")
  @Nullable String session;

  @Option(
      names = "--min-score",
      paramLabel = "N",
      description =
          "Only attempts with a current score of at least N, 1 to 10 (sft: 8 unless told otherwise).")
  @Nullable Integer minScore;

  @Option(
      names = "--since",
      paramLabel = "CURSOR",
      description = "Only what is new since the export that ended with this cursor.")
  @Nullable String since;

  @Option(names = "--metadata", description = "sft: say of each example where it comes from.")
  boolean metadata;

  @Option(
      names = "--cross-input",
      description = "dpo: pair outputs to different inputs of a session too.")
  boolean crossInput;

  @Option(
      names = "--min-margin",
      paramLabel = "N",
      defaultValue = "3",
      description = "dpo: least difference of the scores (default: ${DEFAULT-VALUE}).")
  int minMargin;

  @Option(
      names = "--max-pairs-per-input",
      paramLabel = "N",
      defaultValue = "20",
      description = "dpo: most pairs of one input (default: ${DEFAULT-VALUE}).")
  int maxPairs;

  @Option(
      names = "--events-as",
      paramLabel = "SHAPE",
      defaultValue = "with_payloads",
      description = "events: with_payloads, without_payloads or csv (default: ${DEFAULT-VALUE}).")
  ExportRequest.EventShape shape = ExportRequest.EventShape.WITH_PAYLOADS;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (minScore != null && (minScore < 1 || minScore > 10)) {
      throw CliError.option("a score is from 1 to 10, not " + minScore, "--min-score");
    }
    ExportReport report;
    try (CampDatabase camp = database.open()) {
      report =
          Exports.export(
              camp.corpus(),
              ExportRequest.of(Format.of(format), out)
                  .withSession(session)
                  .withMinScore(minScore)
                  .withSince(since)
                  .withMetadata(metadata)
                  .withPairs(pairs())
                  .withEvents(shape));
    }
    if (common.json) {
      console.json(report);
    } else {
      report.files().forEach(f -> console.line("%s: %,d rows".formatted(f.path(), f.rows())));
      report.counts().forEach((name, count) -> console.line("  %s: %,d".formatted(name, count)));
      report
          .skipped()
          .forEach(s -> console.remark("skipped %s  %s  %s".formatted(s.code(), s.id(), s.why())));
      console.line("next cursor: " + report.cursor());
    }
    return 0;
  }

  private PairRules pairs() {
    try {
      return new PairRules(minMargin, crossInput, maxPairs);
    } catch (IllegalArgumentException e) {
      throw CliError.option(String.valueOf(e.getMessage()), "--min-margin, --max-pairs-per-input");
    }
  }
}
