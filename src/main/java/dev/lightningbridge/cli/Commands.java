package dev.lightningbridge.cli;

import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import java.util.List;
import picocli.CommandLine;

/**
 * The commands that there are. picocli builds each by reflection, and all of them together take as
 * long as a short command's work, so one that is named is built alone.
 */
final class Commands {
  /** By the order of {@code --help}. */
  static final List<String> NAMES =
      List.of(
          "demo",
          "doctor",
          "sandbox",
          "import",
          "inspect",
          "export",
          "judge",
          "optimize",
          "tasks",
          "prompt",
          "diff",
          "runs",
          "schedule",
          "models",
          "promote",
          "rollback",
          "serve",
          "completion");

  /** Its script has the words of all. */
  private static final String ABOUT_ALL = "completion";

  private final Console console;
  private final Interrupts interrupts;

  Commands(Console console, Interrupts interrupts) {
    this.console = console;
    this.interrupts = interrupts;
  }

  /** Adds the command that the words begin with, or all where they begin with none of them. */
  void addTo(CommandLine bridge, List<String> words) {
    String first = words.isEmpty() ? "" : words.getFirst();
    boolean alone = NAMES.contains(first) && !first.equals(ABOUT_ALL);
    for (String name : alone ? List.of(first) : NAMES) {
      bridge.addSubcommand(name, command(name));
    }
  }

  private Object command(String name) {
    return switch (name) {
      case "demo" -> new DemoCommand(console, interrupts);
      case "doctor" -> new DoctorCommand(console, interrupts);
      case "sandbox" -> new SandboxCommand(console, interrupts);
      case "import" -> new ImportCommand(console);
      case "inspect" -> new InspectCommand(console);
      case "export" -> new ExportCommand(console);
      case "judge" -> new JudgeCommand(console, interrupts);
      case "optimize" -> new OptimizeCommand(console, interrupts);
      case "tasks" -> new TasksCommand(console);
      case "prompt" -> PromptCommand.of(console);
      case "diff" -> new DiffCommand(console);
      case "runs" -> RunsCommand.of(console, interrupts);
      case "schedule" -> ScheduleCommand.of(console);
      case "models" -> new ModelsCommand(console);
      case "promote" -> new PromoteCommand(console);
      case "rollback" -> new RollbackCommand(console);
      case "serve" -> new ServeCommand(console);
      case "completion" -> new CompletionCommand(console);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
