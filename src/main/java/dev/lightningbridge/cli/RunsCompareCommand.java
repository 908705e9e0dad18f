package dev.lightningbridge.cli;

import dev.lightningbridge.cli.names.NamedRuns;
import dev.lightningbridge.cli.options.CliError;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.text.ComparisonText;
import dev.lightningbridge.runs.ending.RunComparison;
import dev.lightningbridge.workshop.Workshop;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bridge runs compare}: runs side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Show runs side by side: effect, interval, verdict, calls, cost, engine, seeds, models.",
      "Winners are compared with the first run's on the sealed tasks that both were tested on. That"
          + " is no test: it says where to look, and proves nothing."
    })
final class RunsCompareCommand implements Callable<Integer> {
  private final Console console;
  private final CommonOptions common;

  @Parameters(
      paramLabel = "RUN",
      arity = "2..*",
      description = "Two runs or more: their ids, or the beginnings of them.")
  private List<String> said = List.of();

  @Option(
      names = "--csv",
      description = "Print comma-separated values, a line a run, in place of a table.")
  private boolean csv;

  /**
   * @param common of the command that this is a part of
   */
  RunsCompareCommand(Console console, CommonOptions common) {
    this.console = console;
    this.common = common;
  }

  @Override
  public Integer call() {
    if (csv && common.json) {
      throw CliError.option("--csv and --json exclude each other", "--csv");
    }
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      RunComparison comparison =
          RunComparison.of(
              said.stream().map(run -> NamedRuns.run(workshop, run)).distinct().toList(),
              workshop.runs(),
              workshop.evidence());
      if (common.json) {
        console.json(comparison.documents());
      } else if (csv) {
        console.out().print(comparison.csv());
      } else {
        ComparisonText.of(comparison).forEach(console::line);
      }
    }
    return 0;
  }
}
