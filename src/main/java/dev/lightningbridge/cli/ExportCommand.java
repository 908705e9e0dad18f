package dev.lightningbridge.cli;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.cli.options.DatabaseOption;
import dev.lightningbridge.cli.options.ExportChoices;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.dataset.export.ExportReport;
import dev.lightningbridge.dataset.export.ExportRequest;
import dev.lightningbridge.dataset.export.Exports;
import dev.lightningbridge.dataset.export.Format;
import dev.lightningbridge.dataset.split.Seals;
import dev.lightningbridge.runs.ledger.SealedInputs;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bridge export}: writes a database's training data for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Write the database's training data as JSON Lines: in the shapes of agentlightning, as the"
            + " app's own events, or for fine-tuning.")
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
      description = "Folder for the files, each named as its format; it is made if missing.")
  Path out = Path.of("");

  @Mixin private final ExportChoices choices = new ExportChoices();

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ExportRequest request = ExportRequest.of(Format.of(format), out);
    ExportReport report;
    if (request.format().isSplit() && BridgeHome.hasDatabase(common.home)) {
      try (BridgeDatabase runs = BridgeDatabase.open(BridgeHome.open(common.home))) {
        report = export(request, new SealedInputs(runs, Clock.systemUTC()).with(choices.splitSeed));
      }
    } else {
      report = export(request, Seals.none(choices.splitSeed));
    }
    if (common.json) {
      console.json(report);
    } else {
      report
          .files()
          .forEach(f -> console.line("%s: %s rows".formatted(f.path(), Figures.count(f.rows()))));
      report
          .counts()
          .forEach((name, count) -> console.line("  %s: %s".formatted(name, Figures.count(count))));
      report
          .skipped()
          .forEach(s -> console.remark("skipped %s  %s  %s".formatted(s.code(), s.id(), s.why())));
      console.remark("what comes later: --since " + report.cursor());
    }
    return 0;
  }

  private ExportReport export(ExportRequest request, Seals seals) {
    try (CampDatabase camp = database.open()) {
      return Exports.export(camp.corpus(), choices.apply(request, seals));
    }
  }
}
