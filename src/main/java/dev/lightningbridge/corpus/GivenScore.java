package dev.lightningbridge.corpus;

import org.jspecify.annotations.Nullable;

/**
 * A score that a person gives to an output.
 *
 * @param artifactId the output's
 * @param score 1 to 10
 * @param comment null leaves the one that is there; a blank one takes it away
 */
public record GivenScore(String artifactId, int score, @Nullable String comment) {
  public static final int LEAST = 1;
  public static final int MOST = 10;

  public GivenScore {
    if (score < LEAST || score > MOST) {
      throw new IllegalArgumentException("no score: " + score);
    }
  }
}
