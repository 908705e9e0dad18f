package dev.lightningbridge.optimize.verdict;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Hands results on by their order, however they overtake each other, one at a time. */
final class InOrder<T> {
  private final Consumer<T> next;
  private final Map<Integer, T> waiting = new TreeMap<>();
  private int handedOn;

  InOrder(Consumer<T> next) {
    this.next = next;
  }

  /** Hands on this result and those that waited for it, unless one before it is missing. */
  synchronized void add(int index, T result) {
    waiting.put(index, result);
    while (waiting.containsKey(handedOn)) {
      next.accept(waiting.remove(handedOn++));
    }
  }

  /** Hands on what still waits, since what is missing will not come. */
  synchronized void rest() {
    waiting.values().forEach(next);
    waiting.clear();
  }
}
