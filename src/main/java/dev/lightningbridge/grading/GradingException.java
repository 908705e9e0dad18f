package dev.lightningbridge.grading;

import dev.lightningbridge.dataset.Failure;

/** A grader outside of this program gave no grade; never a reward of 0. */
public final class GradingException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The role in a {@link Failure}. */
  public static final String ROLE = "grader";

  /** What happened. */
  public enum Kind {
    GRADER_FAILED("Run the grader by itself, with such an input as docs/guides/graders.md shows."),
    GRADER_BAD_ANSWER(
        "Have the grader answer one JSON object, {\"reward\": 0 to 1, \"note\": TEXT}, and log to"
            + " standard error; docs/guides/graders.md shows one."),
    GRADER_TIMED_OUT("Raise --grader-timeout if the grader needs longer for an output."),
    GRADER_NOT_STARTED("Check --grader-command: no shell reads it."),
    GRADER_UNREACHABLE("Check --grader-url and that the service runs.");

    private final String remedy;

    Kind(String remedy) {
      this.remedy = remedy;
    }
  }

  private final Kind kind;

  /**
   * @param message what happened to which grader, without a final stop
   */
  public GradingException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** What it is to a rollout. */
  public Failure failure() {
    return new Failure(kind.name(), ROLE, String.valueOf(getMessage()), kind.remedy);
  }
}
