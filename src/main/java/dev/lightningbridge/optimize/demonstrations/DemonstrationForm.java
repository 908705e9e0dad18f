package dev.lightningbridge.optimize.demonstrations;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How demonstrations are written: as the examples that the prompt has, or as {@code Input: …} and
 * {@code Answer: …}, one below the other.
 *
 * @param input the label of an input; {@code answer} that of an answer
 */
public record DemonstrationForm(String input, String answer) {
  private static final DemonstrationForm USUAL = new DemonstrationForm("Input", "Answer");
  private static final String GAP = "\n\n";

  /** A line with a label and a text, and below it one that is labelled as an answer. */
  private static final Pattern PAIR =
      Pattern.compile(
          "^(\\p{L}[\\p{L} ]{0,20}): \\S.*\\R(?i:(answer|output|response|reply|result|label"
              + "|expected|sentiment|category|a)): \\S.*$",
          Pattern.MULTILINE);

  /** The form that fits this prompt. */
  public static DemonstrationForm of(String prompt) {
    Matcher pair = PAIR.matcher(prompt);
    return pair.find() ? new DemonstrationForm(pair.group(1), pair.group(2)) : USUAL;
  }

  /** The demonstration as it stands in a prompt. */
  public String written(Demonstration demonstration) {
    return "%s: %s\n%s: %s"
        .formatted(input, demonstration.input().strip(), answer, demonstration.answer().strip());
  }

  /** The instructions with the demonstrations behind them, in their order. */
  public String with(String instructions, List<Demonstration> shown) {
    return shown.stream()
        .map(this::written)
        .collect(Collectors.joining(GAP, instructions.stripTrailing() + GAP, ""));
  }
}
