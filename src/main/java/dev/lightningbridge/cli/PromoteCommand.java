package dev.lightningbridge.cli;

import dev.lightningbridge.cli.names.NamedRuns;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.text.NewPromptText;
import dev.lightningbridge.cli.text.PromotionText;
import dev.lightningbridge.runs.promotion.Promotion;
import dev.lightningbridge.workshop.Workshop;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bridge promote}: writes a proposal into its Training Camp database. */
@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    description = {
      "Write a proposal into its database as a new agent version, after a backup.",
      "If the database is a Base64 dump, a new dump is written beside it.",
      "A proposal with findings is written only if you accept each of them by its id."
    })
final class PromoteCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "PROPOSAL", description = "The proposal's id, as `optimize` gave it.")
  String proposal = "";

  @Option(
      names = "--allow-locked",
      description = "Write it even if a person locked the lineage meanwhile.")
  boolean allowLocked;

  @Option(
      names = "--accept-findings",
      split = ",",
      paramLabel = "ID",
      description = "The findings that you have read and accept, as `runs show` lists them.")
  Set<String> acceptFindings = new LinkedHashSet<>();

  PromoteCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Promotion promotion;
    List<String> prompt;
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      promotion =
          workshop
              .promotions()
              .promote(NamedRuns.proposal(workshop, proposal), allowLocked, acceptFindings);
      prompt = NewPromptText.of(workshop.runs().get(promotion.runId()));
    }
    if (common.json) {
      console.json(promotion);
    } else {
      PromotionText.written(promotion, common.invocation()).forEach(console::line);
      prompt.forEach(console::line);
    }
    return 0;
  }
}
