package dev.lightningbridge.cli;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.cli.options.SearchOptions;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.cli.terminal.ProgressDisplay;
import dev.lightningbridge.cli.text.ResultText;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.dataset.export.ExportReport;
import dev.lightningbridge.dataset.export.ExportRequest;
import dev.lightningbridge.dataset.export.Exports;
import dev.lightningbridge.dataset.export.Format;
import dev.lightningbridge.demo.SampleDatabase;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.sandbox.JudgeHabit;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RequestParts;
import dev.lightningbridge.runs.request.RunPolicy;
import dev.lightningbridge.runs.request.SearchSettings;
import dev.lightningbridge.workshop.InstalledEngines;
import dev.lightningbridge.workshop.Workshop;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bridge demo}: the whole main job on the simulated model, or on a small real one. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Do the main job once, on the simulated model and a sample database, or on a small real"
          + " model.",
      "It exports the database, optimises an agent, opens the sealed test, promotes the winner and"
          + " writes a report."
    })
final class DemoCommand implements Callable<Integer> {
  private static final long SAMPLE_SEED = 7;

  private final Console console;
  private final Interrupts interrupts;

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final SearchOptions search = new SearchOptions();

  @Option(
      names = "--local-model",
      description =
          "Use a small real model on this machine instead, Gemma 3 270M, on reviews and without a"
              + " critic. scripts/setup --with local-model fetches it; Gemma's own terms hold.")
  boolean localModel;

  @Option(
      names = "--loop",
      description =
          "Show the closed loop on the sandbox instead: an application's calls are captured by the"
              + " real server and scored, a run finds a better prompt, and the application reads it"
              + " back.")
  boolean loop;

  DemoCommand(Console console, Interrupts interrupts) {
    this.console = console;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path folder = common.home.resolve("demo").toAbsolutePath().normalize();
    Cancellation cancellation = interrupts.cancellation();
    ProgressDisplay progress = ProgressDisplay.on(console);
    try {
      if (loop) {
        return theLoop(progress, cancellation);
      }
      return localModel
          ? onLocalModel(folder, progress, cancellation)
          : onSandbox(folder, progress, cancellation);
    } finally {
      progress.end();
    }
  }

  private int theLoop(ProgressDisplay progress, Cancellation cancellation)
      throws InterruptedException {
    progress.line("The demo uses the sandbox: a simulated model answers every call, and says too");
    progress.line("what people would score. So its figures show that the loop closes, no more.");
    LoopDemo.Outcome outcome = LoopDemo.play(common.home, progress::line, cancellation);
    progress.end();
    if (common.json) {
      console.json(outcome);
    } else {
      console.line(
          "Mean reward of the sandbox on the same new mails: %s before, %s after (%s)"
              .formatted(
                  Figures.decimal(outcome.before()),
                  Figures.decimal(outcome.after()),
                  outcome.verdict()));
    }
    return ExitCode.DONE.status();
  }

  private int onSandbox(Path folder, ProgressDisplay progress, Cancellation cancellation) {
    Path file = folder.resolve("training-camp.db");
    progress.line("The demo uses the sandbox: a simulated model answers every call.");
    progress.line("1/4 Making a sample Training Camp database");
    SampleDatabase.Summary sample = SampleDatabase.create(file, SAMPLE_SEED);
    progress.line("    " + file);
    return played(
        folder,
        request(
            file,
            sample.sessions().get(0).id(),
            new ModelAccess.Sandbox(sample.sandboxSeed(), 0, JudgeHabit.USUAL),
            Map.of(),
            search.settings(true).settings()),
        progress,
        cancellation);
  }

  private int onLocalModel(Path folder, ProgressDisplay progress, Cancellation cancellation) {
    progress.line(
        "The demo uses a small real model on this machine: Gemma 3 270M answers every call.");
    progress.line("Nobody writes critiques: the search puts examples into the prompt.");
    progress.line("1/4 Making a Training Camp database of reviews, and starting the model");
    try (LocalModelDemo local = LocalModelDemo.open(folder, cancellation)) {
      progress.line("    " + local.database());
      return played(
          folder,
          request(
              local.database(),
              local.session(),
              local.access(),
              LocalModelDemo.models(),
              LocalModelDemo.inTime(search.settings(true).settings())),
          progress,
          cancellation);
    }
  }

  private int played(
      Path folder, OptimizeRequest request, ProgressDisplay progress, Cancellation cancellation) {
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      progress.line("2/4 Exporting it in agentlightning's shapes");
      List<ExportReport> exports = export(request.camp(), folder.resolve("export"), progress);
      cancellation.throwIfRequested();
      progress.line("3/4 Searching for a better prompt, then opening the sealed test");
      RunResult result = workshop.optimization().run(request, progress, cancellation);
      progress.end();
      progress.line("4/4 Verdict, promotion and report");
      show(request.camp(), exports, result);
      return result.exit().status();
    }
  }

  private static List<ExportReport> export(Path file, Path out, ProgressDisplay progress) {
    List<ExportReport> reports = new ArrayList<>();
    try (CampDatabase camp = CampDatabase.open(file, new CampDatabase.Options(false))) {
      for (Format format : Format.values()) {
        ExportReport report = Exports.export(camp.corpus(), ExportRequest.of(format, out));
        report
            .files()
            .forEach(
                f -> progress.line("    %s: %s rows".formatted(f.path(), Figures.count(f.rows()))));
        reports.add(report);
      }
    }
    return reports;
  }

  private OptimizeRequest request(
      Path file, String session, ModelAccess model, Map<String, String> models, ApoSettings beam) {
    SearchSettings settings = search.settings(true);
    return new OptimizeRequest(
        RequestParts.Subject.of(file, session, null),
        new RequestParts.Answering(model, models, Map.of(), null),
        RequestParts.OnTasks.of(search.tasks, false, settings),
        new RequestParts.Searching(
            shown(settings.engine()),
            settings.strategy(),
            beam,
            settings.seed(),
            settings.humanNotes(),
            search.noDemonstrations,
            PromptRules.NONE),
        new RequestParts.Grading(settings.grader(), null),
        null,
        new AgentChoice.Prompt(),
        Limits.NONE,
        new RunPolicy(true, false, false, RunPolicy.LEAST_EFFECT, true));
  }

  /** The demo shows the real trainer, where it is there. */
  private EngineChoice shown(EngineChoice asked) {
    return asked == EngineChoice.AUTO && !localModel && InstalledEngines.haveTheTrainer()
        ? EngineChoice.AGENTLIGHTNING
        : asked;
  }

  private void show(Path file, List<ExportReport> exports, RunResult result) {
    if (common.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("db", file.toString());
      document.put("exports", exports);
      document.put("result", result);
      console.json(document);
    } else {
      ResultText.of(result, common.invocation()).forEach(console::line);
    }
  }
}
