package dev.lightningbridge.cli.options;

import dev.lightningbridge.grading.ExternalGrader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A grader outside of this program. */
public final class GraderOptions implements OptionSections.Headed {
  private static final int MOST_SECONDS = 3_600;

  @Option(
      names = "--grader-command",
      paramLabel = "COMMAND",
      description = {
        "Have this program grade each output, in place of --grader: it gets {task, input, expected,"
            + " output, messages} as JSON on standard input and answers {\"reward\": 0 to 1,"
            + " \"note\": TEXT} on standard output.",
        "Words parted by spaces, or a JSON array of them. No shell reads it, and it gets no keys."
      })
  @Nullable String command;

  @Option(
      names = "--grader-url",
      paramLabel = "URL",
      description =
          "Have this service grade each output: the same JSON by POST, and as the answer.")
  @Nullable String url;

  @Option(
      names = "--grader-timeout",
      paramLabel = "SECONDS",
      description =
          "How long such a grader may take for an output (default: "
              + ExternalGrader.TIMEOUT_SECONDS
              + ").")
  @Nullable Integer timeout;

  @Override
  public String heading() {
    return "Grader outside of this program";
  }

  /** Null where a grader of our own grades. */
  public @Nullable ExternalGrader choice() {
    int seconds = timeout == null ? ExternalGrader.TIMEOUT_SECONDS : timeout;
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw CliError.option(
          "a grader may take 1 to %d seconds".formatted(MOST_SECONDS), "--grader-timeout");
    }
    if (command != null) {
      try {
        return ExternalGrader.Command.of(command.strip(), command, seconds);
      } catch (IllegalArgumentException e) {
        throw CliError.option(String.valueOf(e.getMessage()), "--grader-command");
      }
    }
    return url == null ? null : new ExternalGrader.Http(url.strip(), url.strip(), seconds);
  }
}
