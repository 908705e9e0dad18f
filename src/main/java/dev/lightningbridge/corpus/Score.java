package dev.lightningbridge.corpus;

import org.jspecify.annotations.Nullable;

/**
 * A person's current score of an output.
 *
 * @param value 1 to 10
 * @param eventId the training event that set it, where there is one
 * @param at milliseconds since the epoch
 */
public record Score(int value, @Nullable String comment, @Nullable String eventId, long at) {
  /** The reward of the score, 0 to 1: (score − 1) / 9. */
  public double reward() {
    return (value - 1) / 9.0;
  }
}
