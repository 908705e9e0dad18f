package dev.lightningbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.cli.names.LineagesByName;
import dev.lightningbridge.cli.options.DatabaseOption;
import dev.lightningbridge.cli.options.PoolOption;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.text.InspectionText;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.split.Inspection;
import dev.lightningbridge.dataset.split.Seals;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.optimize.verdict.LevelSpending;
import dev.lightningbridge.optimize.verdict.Outlook;
import dev.lightningbridge.optimize.verdict.Power;
import java.util.List;
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
  @Mixin private final PoolOption pool = new PoolOption();

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (CampDatabase camp = database.open()) {
      List<String> pooled = LineagesByName.of(camp.corpus()).pool(pool.said);
      Inspection inspection =
          Inspection.of(camp.corpus(), SplitPlan.DEFAULT, Seals.none(0), pooled);
      if (common.json) {
        console.json(withEffects(inspection));
      } else {
        new InspectionText(inspection, database.file, common.invocation(), pooled)
            .lines()
            .forEach(console::line);
      }
    }
    return 0;
  }

  /** The inspection, each session with the effect that its sealed tasks can show. */
  private static JsonNode withEffects(Inspection inspection) {
    JsonNode document = Json.mapper().valueToTree(inspection);
    for (JsonNode session : document.path("sessions")) {
      Power.detectableEffect(
              session.path("sealedTasks").asInt(), Power.TYPICAL_SD, LevelSpending.first())
          .ifPresent(effect -> ((ObjectNode) session).put("detectableEffect", effect));
    }
    for (int i = 0; i < inspection.sessions().size(); i++) {
      Outlook outlook = Outlook.of(inspection.sessions().get(i));
      ((ObjectNode) document.path("sessions").path(i))
          .put("canBeDecided", outlook.isOpen())
          .put("missingScores", outlook.missingScores());
    }
    return document;
  }
}
