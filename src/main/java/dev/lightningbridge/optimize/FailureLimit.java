package dev.lightningbridge.optimize;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.grading.GradingException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How many rollouts of an evaluation may fail: none where all do, else up to a tenth, and two
 * however few there are, so that a single failure among four tasks ends nothing. What failed is
 * left out and counted; past the limit the run ends with the cause.
 */
public final class FailureLimit {
  /** Fewer failures end an evaluation only where they are all there is. */
  public static final int HANDFUL = 3;

  private FailureLimit() {}

  /** Whether so many failures are too many for so many rollouts. */
  public static boolean isPassed(int failures, int rollouts) {
    return failures > 0
        && (failures == rollouts
            || (failures >= HANDFUL && failures > Failure.TOLERATED * rollouts));
  }

  /**
   * The end of a run, with what most of the failures have in common.
   *
   * @param failures at least one
   * @param rollouts how many there were
   */
  public static BridgeException error(String where, List<Failure> failures, int rollouts) {
    return error(
        "%d of %d rollouts have no result".formatted(failures.size(), rollouts),
        where,
        failures,
        "Then `runs resume` the run.");
  }

  /**
   * The same of failures that were counted otherwise.
   *
   * @param what how many failed, without a final stop
   * @param next what to do when the cause is mended
   */
  static BridgeException error(String what, String where, List<Failure> failures, String next) {
    List<Failure> common = mostCommon(failures);
    Failure failure = common.getLast();
    String share =
        common.size() == failures.size() ? "" : ", %d of them so".formatted(common.size());
    return new BridgeException(
        OptimizeError.TOO_MANY_FAILURES,
        "%s%s: %s".formatted(what, share, failure.cause()),
        "%s, %s".formatted(where, who(failure.role())),
        "%s %s".formatted(failure.remedy().isEmpty() ? "Mend the cause." : failure.remedy(), next));
  }

  private static String who(String role) {
    return switch (role) {
      case "judge" -> "the judge";
      case GradingException.ROLE -> "the grader";
      default -> "the agent";
    };
  }

  /** The failures of the way in which most have failed. */
  private static List<Failure> mostCommon(List<Failure> failures) {
    return failures.stream()
        .collect(Collectors.groupingBy(f -> List.of(f.kind(), f.role())))
        .values()
        .stream()
        .max(Comparator.comparingInt(List::size))
        .orElseThrow();
  }
}
