package dev.lightningbridge.cli;

import dev.lightningbridge.cli.options.CliError;
import dev.lightningbridge.cli.options.OptionSections;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.server.PlainLog;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code bridge}: finds the subcommand and turns its end into an exit status. */
@Command(
    name = Bridge.NAME,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Turns the human scores in a SQLite file into better agents.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 done (a HOLD verdict too), 1 failed, 2 wrong use, 3 bad input,",
      "4 budget too small, 5 cancelled, 6 environment missing."
    })
final class Bridge implements Runnable {
  /** What the program is called, however it was started. */
  static final String NAME = "bridge";

  private final CommandLine commandLine;

  private Bridge(Console console, Interrupts interrupts, List<String> words) {
    commandLine = new CommandLine(this);
    new Commands(console, interrupts).addTo(commandLine, words);
    OptionSections.use(commandLine);
    commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setExecutionStrategy(Bridge::execute)
        .setParameterExceptionHandler((e, args) -> wrongUse(console, e, args))
        .setExecutionExceptionHandler((e, command, parsed) -> failed(console, e, parsed));
  }

  /** Runs a command line and gives its exit status; nothing is thrown. */
  static int run(Console console, Interrupts interrupts, String... args) {
    try {
      return new Bridge(console, interrupts, List.of(args)).commandLine.execute(args);
    } catch (OutOfMemoryError e) {
      return outOfMemory(console, e, List.of(args).contains("--json"));
    }
  }

  /** Help is shown without waking the log up. */
  private static int execute(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    PlainLog.onAllHandlers();
    return new RunLast().execute(parsed);
  }

  private static int outOfMemory(Console console, OutOfMemoryError e, boolean json) {
    console.error(
        new BridgeException(
            CliError.MEMORY,
            "the memory ran out: " + e.getMessage(),
            "%,d MB".formatted(Runtime.getRuntime().maxMemory() >> 20),
            "Give Java more, by JAVA_TOOL_OPTIONS=-Xmx2g or so; a run can be resumed.",
            e),
        json);
    return CliError.MEMORY.exit().status();
  }

  @Override
  public void run() {
    throw new ParameterException(commandLine, "A command is missing.");
  }

  private static int wrongUse(Console console, ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    BridgeException error =
        new BridgeException(
            CliError.WRONG_USE,
            String.valueOf(e.getMessage()).replaceAll("\\.$", ""),
            name,
            meant(e) + "`" + name + " --help` shows what it takes.",
            e);
    console.error(error, List.of(args).contains("--json"));
    return CliError.WRONG_USE.exit().status();
  }

  /** What picocli finds to be close to a word that it does not know. */
  private static String meant(ParameterException e) {
    List<String> close =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    return close.isEmpty() ? "" : "Did you mean " + String.join(" or ", close) + "? ";
  }

  private static int failed(Console console, Exception e, ParseResult parsed) {
    BridgeException error = asBridgeException(e);
    if (error.code() == CliError.UNEXPECTED) {
      e.printStackTrace(console.err());
    }
    console.error(error, parsed.originalArgs().contains("--json"));
    ErrorCode code = error.code();
    return code.exit().status();
  }

  private static BridgeException asBridgeException(Exception e) {
    return switch (e) {
      case BridgeException known -> known;
      case CancellationException cancelled ->
          new BridgeException(
              CliError.CANCELLED, "cancelled", "this command", "Start it again when you like.", e);
      case UncheckedIOException io ->
          new BridgeException(
              CliError.DISK,
              String.valueOf(io.getMessage()),
              "files",
              "Look at the folder's rights and free space.",
              e);
      default ->
          new BridgeException(
              CliError.UNEXPECTED,
              "an unexpected error, " + e,
              "see the trace above",
              "Please report it with the trace.",
              e);
    };
  }
}
