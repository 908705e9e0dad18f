package dev.lightningbridge.cli.options;

import dev.lightningbridge.optimize.PromptRules;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What each new prompt must hold, how long it may be, and from what a search may start. */
public final class PromptRuleOptions implements OptionSections.Headed {
  @Option(
      names = "--keep",
      paramLabel = "REGEX",
      description =
          "A line of the current prompt in which this regular expression is found stands in every"
              + " new one, as it is. Can be repeated. Places such as {{question}} and tags are kept"
              + " without it.")
  List<String> keep = List.of();

  @Option(
      names = "--max-prompt-tokens",
      paramLabel = "N",
      description =
          "No new prompt is longer, in tokens (default: four times the current one's, at least"
              + " 1,000).")
  @Nullable Integer maxPromptTokens;

  @Option(
      names = "--go-on-at-zero",
      description =
          "Search also if the current prompt gets no reward on any task. Otherwise a terminal is"
              + " asked, and without one the run is held.")
  boolean goOnAtZero;

  @Option(
      names = "--candidate",
      paramLabel = "PROMPTFILE",
      description =
          "Search for nothing: test the prompt in this file, such as one that you edited (`prompt"
              + " show --out`), on the sealed tasks.")
  @Nullable Path candidate;

  @Override
  public String heading() {
    return "New prompts";
  }

  /** The prompt that is to be tested; null where one is searched for. */
  public @Nullable String candidate() {
    return candidate == null ? null : PromptFile.read(candidate, "--candidate");
  }

  public PromptRules rules() {
    try {
      return new PromptRules(keep, maxPromptTokens, goOnAtZero);
    } catch (IllegalArgumentException e) {
      throw CliError.option(String.valueOf(e.getMessage()), "--max-prompt-tokens");
    }
  }
}
