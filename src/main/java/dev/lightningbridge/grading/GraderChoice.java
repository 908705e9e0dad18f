package dev.lightningbridge.grading;

import dev.lightningbridge.common.BridgeException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which grader the user asked for. */
public enum GraderChoice {
  /** By a rule where every task has what a rule needs, else by the judge. */
  AUTO,
  /** The output equals the expected one; white space at its ends and line endings do not count. */
  EXACT,
  /** The output holds the texts of the checks, or else the expected output; case ignored. */
  CONTAINS,
  /** The output holds matches of the checks' patterns, or else of the expected output as one. */
  REGEX,
  /** The output is JSON with the members of the expected JSON and of the checks. */
  JSON,
  /** A model scores the output from 1 to 10. */
  JUDGE,
  /** As {@link #AUTO} in the search; the sealed test is decided by people. */
  PEOPLE;

  /** Whether a judge grades, or may where tasks have nothing that a rule needs. */
  public boolean mayBeJudge() {
    return this == AUTO || this == JUDGE || this == PEOPLE;
  }

  /** The name on the command line, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The grader of that name; empty where there is none. */
  public static Optional<GraderChoice> find(String label) {
    return Arrays.stream(values())
        .filter(c -> c.label().equalsIgnoreCase(label.strip()))
        .findFirst();
  }

  /**
   * @throws BridgeException where no grader has that name
   */
  public static GraderChoice named(String label) {
    return find(label)
        .orElseThrow(
            () ->
                new BridgeException(
                    GradingError.UNKNOWN_GRADER,
                    "there is no grader named " + label,
                    "--grader",
                    "Choose one of "
                        + Arrays.stream(values())
                            .map(GraderChoice::label)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
