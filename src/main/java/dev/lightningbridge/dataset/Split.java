package dev.lightningbridge.dataset;

import java.util.List;

/**
 * Disjoint sets of tasks: no distinct input is in two of them. The test set is sealed: it is opened
 * once, for the verdict.
 */
public record Split(List<Task> train, List<Task> validation, List<Task> test) {
  public int size() {
    return train.size() + validation.size() + test.size();
  }
}
