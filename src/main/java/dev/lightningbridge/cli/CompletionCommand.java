package dev.lightningbridge.cli;

import dev.lightningbridge.cli.terminal.Console;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bridge completion}: the script by which a shell completes commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Print the script by which bash or zsh completes commands, options and their values.",
      "`scripts/install` writes it to where the shell finds it. To try it at once, in bash:",
      "  source <(scripts/bridge completion bash)"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SHELL",
      description = "The shell that is to complete: ${COMPLETION-CANDIDATES}.")
  Shell shell = Shell.BASH;

  CompletionCommand(Console console) {
    this.console = console;
  }

  /** A shell that we know. */
  enum Shell {
    BASH,
    ZSH;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    // One script serves both: under zsh it makes itself known through bashcompinit.
    console.out().print(AutoComplete.bash(Bridge.NAME, spec.root().commandLine()));
    return 0;
  }
}
