package dev.lightningbridge.cli;

import dev.lightningbridge.cli.options.PromptFile;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Invocation;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.imports.ImportFormat;
import dev.lightningbridge.imports.ImportReport;
import dev.lightningbridge.imports.ImportRequest;
import dev.lightningbridge.imports.Importer;
import dev.lightningbridge.imports.Scale;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bridge import}: makes or extends a database of what other programs recorded. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Make or extend a database of scored outputs and tasks: from CSV, JSON Lines, chats, or what"
          + " Langfuse, promptfoo and OpenTelemetry write.",
      "Fields are input, output, score, comment, expected, tag, prompt, version, time, id and model;"
          + " columns of other names are kept as metadata. The same file twice adds nothing."
    })
final class ImportCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  private final Console console;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files with rows.")
  List<Path> files = List.of();

  @Option(
      names = "--db",
      paramLabel = "FILE",
      required = true,
      description = "Training Camp database; it is made if missing.")
  Path db = Path.of("");

  @Option(
      names = "--prompt",
      paramLabel = "FILE",
      description = "Text file with the prompt that the outputs came from, if the rows name none.")
  @Nullable Path prompt;

  @Option(
      names = "--session",
      paramLabel = "NAME",
      description = "Session to make or extend (default: the first file's name).")
  @Nullable String session;

  @Option(names = "--model", paramLabel = "NAME", description = "Model that the agent runs with.")
  @Nullable String model;

  @Option(
      names = "--map",
      paramLabel = "FIELD=COLUMN",
      split = ",",
      description =
          "Which column is which field, where names do not tell: input=Q,output=A; score= for none.")
  Map<String, String> map = new LinkedHashMap<>();

  @Option(
      names = "--scale",
      paramLabel = "SCALE",
      description =
          "Scale of the scores: 1..10, 1..5, 0..1, -1..1 or thumbs (default: what they can be).")
  @Nullable String scale;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "auto, csv, jsonl, chat, langfuse, promptfoo or otlp (default: ${DEFAULT-VALUE}).")
  String format = "auto";

  @Option(names = "--dry-run", description = "Say what would be written, and write nothing.")
  boolean dryRun;

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ImportReport report =
        new Importer(Clock.systemUTC())
            .run(
                new ImportRequest(
                    ImportRequest.Given.of(files.toArray(Path[]::new)),
                    db,
                    prompt == null ? null : PromptFile.read(prompt, "--prompt"),
                    session,
                    model,
                    map,
                    scale == null ? null : Scale.of(scale),
                    format.equals("auto") ? null : ImportFormat.of(format),
                    dryRun));
    if (common.json) {
      console.json(report);
    } else {
      show(report);
    }
    return 0;
  }

  private void show(ImportReport report) {
    ImportReport.Rows rows = report.rows();
    console.line(
        "%s rows read, %s %s%s"
            .formatted(
                Figures.count(rows.read()),
                Figures.count(rows.written()),
                dryRun ? "would be written" : "written",
                rows.skipped() == 0 ? "" : ", %s not".formatted(Figures.count(rows.skipped()))));
    console.line(
        "  %s with a score%s, %s with an answer, %s without an output"
            .formatted(
                Figures.count(rows.scored()),
                report.scale() == null ? "" : " (scale %s)".formatted(report.scale()),
                Figures.count(rows.expected()),
                Figures.count(rows.tasks())));
    if (rows.known() > 0) {
      console.line("  %s were there already".formatted(Figures.count(rows.known())));
    }
    report
        .skippedByCode()
        .forEach((code, n) -> console.line("  %s left out: %s".formatted(Figures.count(n), code)));
    report.skipped().stream()
        .limit(SHOWN)
        .forEach(
            left ->
                console.remark(
                    "skipped %s  %s line %d  %s"
                        .formatted(left.code(), left.file(), left.line(), left.why())));
    report
        .understood()
        .forEach((name, field) -> console.line("  %s: column %s".formatted(field, name)));
    if (!report.keptAsMetadata().isEmpty()) {
      console.line("  kept as metadata: " + String.join(", ", report.keptAsMetadata()));
    }
    report.remarks().forEach(console::remark);
    if (report.backup() != null) {
      console.line("Backup: " + report.backup());
    }
    if (dryRun) {
      return;
    }
    console.line("Session %s in %s".formatted(report.sessionId(), report.db()));
    Invocation called = common.invocation();
    console.line("Next: " + called.line("inspect", "--db", report.db()));
    if (report.lineageId() != null) {
      console.line(
          "      "
              + called.line(
                  "optimize", "--db", report.db(), "--session", report.sessionId(), "--sandbox"));
    }
  }
}
