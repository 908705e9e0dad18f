package dev.lightningbridge.cli;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.cli.names.LineagesByName;
import dev.lightningbridge.cli.names.NumberedVersions;
import dev.lightningbridge.cli.options.DatabaseOption;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.common.WholeFile;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.runs.LineageChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bridge prompt show}: the prompt alone, so that it can be copied or kept in a file. */
@Command(
    name = "show",
    description = {
      "Show a prompt in full, and nothing else on standard output.",
      "With --session it is that of the lineage that `optimize` would take."
    })
final class PromptShowCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DatabaseOption database = new DatabaseOption();

  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "The agent version with this number (default: the agent's of today).")
  @Nullable Integer version;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the prompt into this file, as it stands in the database.")
  @Nullable Path out;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  PromptShowCommand(Console console) {
    this.console = console;
  }

  /** Whose prompt it is. */
  static final class Target {
    @Option(
        names = "--session",
        paramLabel = "SESSION",
        description = "A session's id, the beginning of it, or its name.")
    @Nullable String session;

    @Option(
        names = "--lineage",
        paramLabel = "LINEAGE",
        description = "A lineage's id, the beginning of it, its letter, or SESSION/LETTER.")
    @Nullable String lineage;
  }

  @Override
  public Integer call() {
    AgentVersion shown;
    try (CampDatabase camp = database.open()) {
      shown = chosen(camp.corpus());
    }
    Path file = out;
    if (file != null) {
      write(shown.systemPrompt(), file);
    } else if (!common.json) {
      console.line(shown.systemPrompt());
    }
    if (common.json) {
      console.json(document(shown));
    }
    return 0;
  }

  private AgentVersion chosen(Corpus corpus) {
    LineagesByName named = LineagesByName.of(corpus);
    String session = target.session == null ? null : named.session(target.session);
    String lineage = target.lineage == null ? null : named.lineage(target.lineage);
    LineageChoice choice =
        LineageChoice.of(corpus, session, lineage, new LineageChoice.Allowed(true, true));
    if (lineage == null) {
      console.remark("This is " + choice.why() + ".");
    }
    Integer number = version;
    return number == null
        ? choice.baseline()
        : NumberedVersions.numbered(corpus, choice.lineage().id(), number, "--version");
  }

  private void write(String prompt, Path file) {
    try {
      WholeFile.write(file, to -> to.write(prompt.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("the prompt cannot be written: " + file, e);
    }
    console.remark("The prompt is written to " + file + ".");
  }

  private static Map<String, Object> document(AgentVersion shown) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("lineageId", shown.lineageId());
    document.put("agentVersionId", shown.id());
    document.put("version", shown.number());
    document.put("prompt", shown.systemPrompt());
    return document;
  }
}
