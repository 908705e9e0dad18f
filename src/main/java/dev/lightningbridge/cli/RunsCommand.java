package dev.lightningbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.cli.names.NamedRuns;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.cli.text.FindingLines;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.RunLog;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.workshop.Workshop;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bridge runs}: what was run. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "List runs, show one, compare several, resume or cancel one (default: list).")
final class RunsCommand implements Callable<Integer> {
  private final Console console;
  private final Interrupts interrupts;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(
      names = "--limit",
      defaultValue = "50",
      description = "Runs to list, newest first (default: ${DEFAULT-VALUE}).")
  int limit;

  private RunsCommand(Console console, Interrupts interrupts) {
    this.console = console;
    this.interrupts = interrupts;
  }

  /** With all that it has. */
  static CommandLine of(Console console, Interrupts interrupts) {
    RunsCommand runs = new RunsCommand(console, interrupts);
    return new CommandLine(runs).addSubcommand(new RunsCompareCommand(console, runs.common));
  }

  @Override
  public Integer call() {
    return list();
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List the newest runs.")
  int list() {
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      List<StoredRun> runs = workshop.runs().newest(limit);
      if (common.json) {
        console.json(runs.stream().map(run -> document(workshop, run)).toList());
      } else if (runs.isEmpty()) {
        console.line(
            "No runs yet in %s. This shows how to start one: %s"
                .formatted(common.home, common.invocation().line("optimize", "--help")));
      } else {
        runs.forEach(run -> console.line(line(workshop, run)));
      }
    }
    return 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show a run with its events.")
  int show(
      @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.") String said,
      @Option(names = "--prompt", description = "Show the run's prompt alone, in full.")
          boolean prompt) {
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      String id = NamedRuns.run(workshop, said);
      StoredRun run = workshop.runs().get(id);
      if (prompt) {
        RunPrompt.of(run).show(console, common.json);
        return 0;
      }
      List<RunLog.StoredEvent> events = workshop.runs().log().events(id);
      if (common.json) {
        ObjectNode document = document(workshop, run);
        var array = document.putArray("events");
        for (RunLog.StoredEvent event : events) {
          array
              .addObject()
              .put("sequence", event.sequence())
              .put("type", event.type())
              .put("at", event.at())
              .set("body", tree(event.bodyJson()));
        }
        console.json(document);
      } else {
        FindingLines.of(run).forEach(console::line);
        console.line(line(workshop, run));
        for (RunLog.StoredEvent event : events) {
          console.line(
              "%5d  %-16s %s"
                  .formatted(event.sequence(), event.type(), shortened(event.bodyJson())));
        }
      }
    }
    return 0;
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = {
        "Continue a run that was interrupted, failed or was cancelled.",
        "No finished model call is repeated: the answers are in the run's journal."
      })
  int resume(
      @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.")
          String said) {
    Cancellation cancellation = interrupts.cancellation();
    return ShownRun.of(
        (workshop, progress) ->
            workshop.optimization().resume(NamedRuns.run(workshop, said), progress, cancellation),
        console,
        common);
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description = "Cancel a run, also one that another process runs.")
  int cancel(
      @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.")
          String said) {
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      String id = NamedRuns.run(workshop, said);
      boolean done = workshop.runs().cancel(id);
      if (common.json) {
        console.json(Map.of("runId", id, "cancelled", done));
      } else {
        console.line(
            done
                ? "Run %s is cancelled.".formatted(id)
                : "Run %s is asked to stop; its process ends it cleanly.".formatted(id));
        console.line("Go on with it by: " + common.invocation().line("runs", "resume", id));
      }
    }
    return 0;
  }

  private static ObjectNode document(Workshop workshop, StoredRun run) {
    ObjectNode document = Json.mapper().createObjectNode();
    document
        .put("runId", run.id())
        .put("state", state(workshop, run).text())
        .put("engine", run.engine())
        .put("sandbox", run.sandbox())
        .put("db", run.campPath())
        .put("sessionId", run.sessionId())
        .put("lineageId", run.lineageId())
        .put("baselineId", run.baselineId())
        .put("seed", run.seed())
        .put("createdAt", run.createdAt())
        .put("finishedAt", run.finishedAt())
        .put("error", run.error())
        .put("proposalId", workshop.proposals().proposalOf(run.id()).orElse(null))
        .put("proposalState", proposalState(workshop, run))
        .put(
            "promotionId",
            workshop.proposals().promotions().promotionOf(run.id()).map(p -> p.id()).orElse(null))
        .set("result", tree(run.resultJson()));
    return document;
  }

  private static @Nullable String proposalState(Workshop workshop, StoredRun run) {
    return workshop
        .proposals()
        .proposalOf(run.id())
        .map(id -> workshop.proposals().proposal(id).state())
        .orElse(null);
  }

  /** A run that nobody runs any more was broken off. */
  private static RunState state(Workshop workshop, StoredRun run) {
    return run.finishedAt() == null && workshop.runs().holder(run.id()).isEmpty()
        ? RunState.INTERRUPTED
        : run.state();
  }

  private static String line(Workshop workshop, StoredRun run) {
    String proposal =
        workshop
            .proposals()
            .proposalOf(run.id())
            .map(id -> "  proposal %s (%s)".formatted(id, proposalState(workshop, run)))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%s  %s  %-20s  %s%s  lineage %s%s%s",
        run.id(),
        Instant.ofEpochMilli(run.createdAt()).truncatedTo(ChronoUnit.SECONDS),
        state(workshop, run).text(),
        run.engine(),
        run.sandbox() ? " (sandbox)" : "",
        run.lineageId(),
        proposal,
        run.error() == null ? "" : "  " + run.error().lines().findFirst().orElse(""));
  }

  private static JsonNode tree(@Nullable String json) {
    if (json == null) {
      return NullNode.getInstance();
    }
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(
          "bridge.db holds a text that is no JSON: " + shortened(json), e);
    }
  }

  private static String shortened(String text) {
    return text.length() <= 160 ? text : text.substring(0, 159) + "…";
  }
}
