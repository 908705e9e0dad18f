package dev.lightningbridge.cli;

import dev.lightningbridge.cli.names.NamedRuns;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.text.PromotionText;
import dev.lightningbridge.runs.promotion.Promotion;
import dev.lightningbridge.workshop.Workshop;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bridge rollback}: undoes a promotion by new rows. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = {
      "Undo a promotion: the earlier agent version is written once more, as the newest.",
      "Rows are added and none taken away: the promoted version, and what the app wrote since, stay"
          + " in the history. Refused where the agent has moved on since. To have the file exactly"
          + " as it was, put the backup back that `promote` named."
    })
final class RollbackCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "PROMOTION", description = "The promotion's id, as `promote` gave it.")
  String promotion = "";

  RollbackCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Promotion undone;
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      undone = workshop.promotions().rollback(NamedRuns.promotion(workshop, promotion));
    }
    if (common.json) {
      console.json(undone);
    } else {
      PromotionText.rolledBack(undone).forEach(console::line);
    }
    return 0;
  }
}
