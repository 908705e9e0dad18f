package dev.lightningbridge.cli.options;

import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Which of a command's options were given. */
public final class GivenOptions {
  private GivenOptions() {}

  /** Their names, of a command that was parsed. */
  public static Set<String> of(CommandSpec command) {
    return command.commandLine().getParseResult().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .collect(Collectors.toSet());
  }
}
