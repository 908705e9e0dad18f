package dev.lightningbridge.cli;

import dev.lightningbridge.cli.terminal.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bridge prompt}: what is done with prompts. */
@Command(
    name = "prompt",
    mixinStandardHelpOptions = true,
    description = "Show an agent's prompt in full.",
    synopsisSubcommandLabel = "COMMAND")
final class PromptCommand {
  private PromptCommand() {}

  static CommandLine of(Console console) {
    return new CommandLine(new PromptCommand()).addSubcommand(new PromptShowCommand(console));
  }
}
