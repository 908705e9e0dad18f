package dev.lightningbridge.cli;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.cli.names.LineagesByName;
import dev.lightningbridge.cli.names.NamedRuns;
import dev.lightningbridge.cli.names.NumberedVersions;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.runs.ending.UnifiedDiff;
import dev.lightningbridge.workshop.Workshop;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bridge diff}: what changed in a prompt, as a unified diff. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "bridge diff RUN [OPTION]...",
      "       bridge diff --db=FILE --lineage=LINEAGE [--from=N] [--to=N] [OPTION]..."
    },
    description = {
      "Show what changed in a prompt, as a unified diff:",
      "of a run, the best prompt that it found against the one that it started from;",
      "of a lineage, two of its versions (default: the newest against the one before it)."
    })
final class DiffCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final CommonOptions common = new CommonOptions();

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  DiffCommand(Console console) {
    this.console = console;
  }

  /** A run or a lineage. */
  static final class What {
    @Parameters(
        paramLabel = "RUN",
        arity = "0..1",
        description = "A run's id, or the beginning of it.")
    @Nullable String run;

    @ArgGroup(exclusive = false)
    @Nullable Versions versions;
  }

  /** Two versions of a lineage. */
  static final class Versions {
    @Option(
        names = "--db",
        required = true,
        paramLabel = "FILE",
        description = "The Training Camp database.")
    Path db = Path.of("");

    @Option(
        names = "--lineage",
        required = true,
        paramLabel = "LINEAGE",
        description = "A lineage's id, the beginning of it, its letter, or SESSION/LETTER.")
    String lineage = "";

    @Option(names = "--from", paramLabel = "N", description = "The older version's number.")
    @Nullable Integer from;

    @Option(names = "--to", paramLabel = "N", description = "The newer version's number.")
    @Nullable Integer to;
  }

  @Override
  public Integer call() {
    Versions versions = what.versions;
    List<String> diff = versions == null ? ofRun(String.valueOf(what.run)) : of(versions);
    if (common.json) {
      console.json(Map.of("diff", diff));
    } else if (diff.isEmpty()) {
      console.line("The two prompts are the same.");
    } else {
      diff.forEach(console::line);
    }
    return 0;
  }

  private List<String> ofRun(String said) {
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      return RunPrompt.of(workshop.runs().get(NamedRuns.run(workshop, said))).diff();
    }
  }

  private static List<String> of(Versions versions) {
    try (CampDatabase camp = CampDatabase.open(versions.db, new CampDatabase.Options(false))) {
      Corpus corpus = camp.corpus();
      String lineage = LineagesByName.of(corpus).lineage(versions.lineage);
      int newest =
          corpus.agentVersions(lineage).stream().mapToInt(AgentVersion::number).max().orElse(1);
      int to = versions.to == null ? newest : versions.to;
      int from = versions.from == null ? to - 1 : versions.from;
      AgentVersion old = NumberedVersions.numbered(corpus, lineage, from, "--from");
      AgentVersion now = NumberedVersions.numbered(corpus, lineage, to, "--to");
      return UnifiedDiff.of(
          "version " + from, old.systemPrompt(), "version " + to, now.systemPrompt());
    }
  }
}
