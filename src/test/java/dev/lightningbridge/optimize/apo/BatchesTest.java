package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BatchesTest {
  @Property
  void a_batch_is_full_and_holds_no_task_twice(
      @ForAll @IntRange(min = 1, max = 20) int tasks,
      @ForAll @IntRange(min = 1, max = 25) int size,
      @ForAll long seed) {
    Batches<Integer> batches = batches(tasks, size, seed);
    for (int i = 0; i < 20; i++) {
      assertThat(batches.next()).hasSize(Math.min(size, tasks)).doesNotHaveDuplicates();
    }
  }

  @Property
  void each_task_comes_once_in_a_pass_of_whole_batches(
      @ForAll @IntRange(min = 1, max = 6) int passes,
      @ForAll @IntRange(min = 1, max = 6) int size,
      @ForAll long seed) {
    Batches<Integer> batches = batches(3 * size, size, seed);
    for (int pass = 0; pass < passes; pass++) {
      List<Integer> seen = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        seen.addAll(batches.next());
      }
      assertThat(seen).doesNotHaveDuplicates();
    }
  }

  private static Batches<Integer> batches(int tasks, int size, long seed) {
    return new Batches<>(
        IntStream.range(0, tasks).boxed().toList(), size, Choices.by(new SplittableRandom(seed)));
  }
}
