package dev.lightningbridge.cli;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.cli.names.LineagesByName;
import dev.lightningbridge.cli.options.DatabaseOption;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.common.WholeFile;
import dev.lightningbridge.dataset.CapturedTasks;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.tasks.TaskFile;
import dev.lightningbridge.dataset.tasks.TaskJson;
import dev.lightningbridge.dataset.tasks.Tasks;
import dev.lightningbridge.runs.ledger.SyntheticTasks;
import dev.lightningbridge.workshop.Workshop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bridge tasks}: the tasks of a session; the synthetic ones can be edited as a file. */
@Command(
    name = "tasks",
    mixinStandardHelpOptions = true,
    description = {
      "List the tasks of a session: captured, provided, and synthetic ones kept by `optimize"
          + " --synthesize`.",
      "To edit the synthetic ones: --out FILE, change the file, --replace FILE."
    })
final class TasksCommand implements Callable<Integer> {
  private static final int SHOWN = 100;

  private final Console console;

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DatabaseOption database = new DatabaseOption();

  @Option(
      names = "--session",
      required = true,
      paramLabel = "SESSION",
      description = "Its id, the beginning of it, or its name.")
  String session = "";

  @ArgGroup private @Nullable Files files;

  /** What to do with the synthetic tasks. */
  static final class Files {
    @Option(
        names = "--out",
        paramLabel = "FILE.jsonl",
        description = "Write the synthetic tasks into a file, one a line.")
    @Nullable Path out;

    @Option(
        names = "--replace",
        paramLabel = "FILE.jsonl",
        description = "Replace the synthetic tasks that are kept by those of this file.")
    @Nullable Path replace;
  }

  TasksCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Task> real;
    try (CampDatabase camp = database.open()) {
      session = LineagesByName.of(camp.corpus()).session(session);
      real =
          Tasks.merged(
              List.of(
                  Tasks.provided(camp.corpus(), session),
                  CapturedTasks.of(camp.corpus(), session)));
    }
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      SyntheticTasks synthetic = workshop.syntheticTasks();
      if (files != null && files.replace != null) {
        replace(synthetic, files.replace);
      }
      if (files != null && files.out != null) {
        write(synthetic.of(session), files.out);
      }
      show(Tasks.merged(List.of(real, synthetic.of(session))));
    }
    return 0;
  }

  private void replace(SyntheticTasks synthetic, Path file) {
    TaskFile.Contents contents = TaskFile.read(file);
    for (Skipped skipped : contents.skipped()) {
      console.remark("%s  %s  %s".formatted(skipped.code(), skipped.id(), skipped.why()));
    }
    contents.remarks().forEach(console::remark);
    synthetic.replace(
        session,
        contents.tasks().stream()
            .map(
                t ->
                    new Task(
                        t.id(),
                        t.input(),
                        t.expected(),
                        t.checks(),
                        session,
                        TaskSource.SYNTHETIC,
                        t.tag(),
                        t.shape()))
            .toList());
  }

  private void write(List<Task> tasks, Path file) {
    try {
      WholeFile.write(
          file,
          out -> {
            for (Task task : tasks) {
              out.write((TaskJson.write(task) + "\n").getBytes(StandardCharsets.UTF_8));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the tasks cannot be written: " + file, e);
    }
    console.remark("%d synthetic tasks written to %s".formatted(tasks.size(), file));
  }

  private void show(List<Task> tasks) {
    if (common.json) {
      console.json(tasks.stream().map(TaskJson::write).toList());
      return;
    }
    for (TaskSource source : TaskSource.values()) {
      long n = tasks.stream().filter(t -> t.source() == source).count();
      console.line("%-9s  %d".formatted(source.name().toLowerCase(Locale.ROOT), n));
    }
    tasks.stream()
        .limit(SHOWN)
        .forEach(
            t ->
                console.line(
                    "  %-9s  %s  %s"
                        .formatted(
                            t.source().name().toLowerCase(Locale.ROOT), t.id(), line(t.input()))));
    if (tasks.size() > SHOWN) {
      console.line("  … and %d more; --json lists them all".formatted(tasks.size() - SHOWN));
    }
  }

  private static String line(String input) {
    String text = input.strip().replaceAll("\\s+", " ");
    return text.length() <= 90 ? text : text.substring(0, 89) + "…";
  }
}
