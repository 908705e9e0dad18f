package dev.lightningbridge.optimize.apo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Endless batches of tasks: each task comes once before any comes again, in an order shuffled anew
 * for each pass. A batch that a pass cannot fill is filled from the next. After {@code
 * batch_iter_over_dataset} of agentlightning 0.3.0, its oddity included: a task that the next pass
 * meets while it already is in the unfinished batch is left out of that pass.
 */
final class Batches<T> {
  private final List<T> all;
  private final int size;
  private final Choices choices;
  private final Queue<T> pass = new ArrayDeque<>();

  Batches(List<T> all, int size, Choices choices) {
    this.all = all;
    this.size = size;
    this.choices = choices;
  }

  /** The next batch; all tasks, shuffled, where there are no more than a batch. */
  List<T> next() {
    if (size >= all.size()) {
      return choices.shuffled(all);
    }
    List<T> batch = new ArrayList<>();
    while (batch.size() < size) {
      if (pass.isEmpty()) {
        pass.addAll(choices.shuffled(all));
      }
      T task = pass.remove();
      if (!batch.contains(task)) {
        batch.add(task);
      }
    }
    return batch;
  }
}
