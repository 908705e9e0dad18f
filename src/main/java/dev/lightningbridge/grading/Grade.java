package dev.lightningbridge.grading;

/**
 * A grader's opinion of an output.
 *
 * @param reward 0 to 1
 * @param feedback its words for the critic; may be empty
 */
public record Grade(double reward, String feedback) {
  public Grade {
    if (!(reward >= 0 && reward <= 1)) {
      throw new IllegalArgumentException("reward outside 0 to 1: " + reward);
    }
  }
}
