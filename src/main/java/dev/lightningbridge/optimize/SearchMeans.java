package dev.lightningbridge.optimize;

import dev.lightningbridge.optimize.demonstrations.Demonstrations;

/**
 * What a search may use to change a prompt.
 *
 * @param letters whether critic and editor may be asked
 * @param demonstrations what may stand in the prompt as an example
 */
public record SearchMeans(boolean letters, Demonstrations demonstrations) {
  /** Critic and editor alone. */
  public static final SearchMeans LETTERS = new SearchMeans(true, Demonstrations.NONE);

  /** Whether a prompt can be changed at all. */
  public boolean isEmpty() {
    return !letters && demonstrations.isEmpty();
  }
}
