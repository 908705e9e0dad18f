package dev.lightningbridge.optimize.demonstrations;

import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.Task;

/**
 * An input with an answer that is known to be good, from which a prompt's reader learns.
 *
 * @param task the id of the train task whose input it is
 * @param origin where its answer comes from, in words
 */
public record Demonstration(String task, String input, String answer, String origin) {
  /** Whether its answer is one that the task expects. */
  public boolean isAnsweredLike(Task other) {
    Expected expected = other.expected();
    return expected != null
        && expected.alternatives().stream().anyMatch(one -> one.text().equals(answer));
  }
}
