package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.Task;
import java.util.List;
import java.util.stream.Stream;

/**
 * Disjoint sets of tasks: no task is in two of them, and no near duplicate of it. The test set is
 * sealed: it is opened once, for the verdict.
 *
 * @param validation and {@code test}: of near duplicates one
 * @param aside tasks that are in none of them: other wordings of a validation or a test task, and
 *     what was sealed with another seed of the split
 * @param sealed the test tasks and all other wordings of them
 */
public record Split(
    List<Task> train, List<Task> validation, List<Task> test, List<Task> aside, List<Task> sealed) {
  /** With nothing beside the sets. */
  public Split(List<Task> train, List<Task> validation, List<Task> test) {
    this(train, validation, test, List.of(), test);
  }

  /** The tasks in the three sets. */
  public int size() {
    return train.size() + validation.size() + test.size();
  }

  /** What no search may see. */
  public Stream<Task> hidden() {
    return Stream.of(validation, test, aside).flatMap(List::stream);
  }
}
