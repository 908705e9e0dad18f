package dev.lightningbridge.cli;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.dataset.Inspection;
import dev.lightningbridge.dataset.SplitPlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bridge inspect}: what a database holds and what of it can be optimised. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Show sessions, lineages and agent versions, and what can be optimised.")
final class InspectCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DatabaseOption database = new DatabaseOption();

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (CampDatabase camp = database.open()) {
      Inspection inspection = Inspection.of(camp.corpus(), SplitPlan.DEFAULT);
      if (common.json) {
        console.json(inspection);
      } else {
        InspectionText.of(inspection).forEach(console::line);
      }
    }
    return 0;
  }
}
