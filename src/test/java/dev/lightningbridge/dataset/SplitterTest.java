package dev.lightningbridge.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitterTest {
  private static final SplitPlan PLAN = SplitPlan.DEFAULT;

  @Property
  void no_input_is_in_two_sets_however_it_is_spelled(
      @ForAll("tasksWithDoubles") List<Task> tasks, @ForAll long seed) {
    Splitter.split(tasks, PLAN, seed)
        .ifPresent(
            split -> {
              assertThat(keys(split.train())).doesNotContainAnyElementsOf(keys(split.validation()));
              assertThat(keys(split.train())).doesNotContainAnyElementsOf(keys(split.test()));
              assertThat(keys(split.validation())).doesNotContainAnyElementsOf(keys(split.test()));
            });
  }

  @Property
  void every_task_is_in_exactly_one_set(
      @ForAll("tasksWithDoubles") List<Task> tasks, @ForAll long seed) {
    Splitter.split(tasks, PLAN, seed)
        .ifPresent(split -> assertThat(all(split)).containsExactlyInAnyOrderElementsOf(tasks));
  }

  @Property
  void there_is_a_split_exactly_when_nothing_is_missing_and_then_every_minimum_holds(
      @ForAll("tasksWithDoubles") List<Task> tasks, @ForAll long seed) {
    int missing = Splitter.missing(tasks, PLAN);
    assertThat(Splitter.split(tasks, PLAN, seed).isPresent()).isEqualTo(missing == 0);
    assertThat(missing).isEqualTo(Math.max(0, PLAN.minimumTasks() - keys(tasks).size()));
    Splitter.split(tasks, PLAN, seed)
        .ifPresent(
            split -> {
              assertThat(keys(split.test())).hasSizeGreaterThanOrEqualTo(PLAN.minimumTest());
              assertThat(keys(split.validation()))
                  .hasSizeBetween(PLAN.minimumValidation(), PLAN.maximumValidation());
              assertThat(keys(split.train())).hasSizeGreaterThanOrEqualTo(PLAN.minimumTrain());
            });
  }

  @Property
  void the_same_tasks_and_seed_give_the_same_sets_in_whatever_order_they_come(
      @ForAll("tasksWithDoubles") List<Task> tasks, @ForAll long seed) {
    List<Task> reversed = tasks.reversed();
    Splitter.split(tasks, PLAN, seed)
        .ifPresent(
            split -> {
              Split again = Splitter.split(reversed, PLAN, seed).orElseThrow();
              assertThat(keys(again.test())).isEqualTo(keys(split.test()));
              assertThat(keys(again.validation())).isEqualTo(keys(split.validation()));
            });
  }

  @Property(tries = 200)
  void what_was_sealed_stays_sealed_when_captured_tasks_are_added(
      @ForAll @IntRange(min = 60, max = 200) int before,
      @ForAll @IntRange(min = 1, max = 200) int added,
      @ForAll long seed) {
    Set<InputKey> earlier = keys(Splitter.split(captured(before), PLAN, seed).orElseThrow().test());
    Set<InputKey> later =
        keys(Splitter.split(captured(before + added), PLAN, seed).orElseThrow().test());
    assertThat(later).containsAll(earlier);
  }

  @Property(tries = 200)
  void a_synthetic_task_is_sealed_only_when_every_real_one_is(
      @ForAll @IntRange(min = 0, max = 80) int real,
      @ForAll @IntRange(min = 0, max = 80) int synthetic,
      @ForAll long seed) {
    List<Task> tasks = new ArrayList<>(captured(real));
    IntStream.range(0, synthetic)
        .forEach(i -> tasks.add(task("made up " + i, TaskSource.SYNTHETIC)));
    Splitter.split(tasks, PLAN, seed)
        .filter(split -> split.test().stream().anyMatch(t -> t.source() == TaskSource.SYNTHETIC))
        .ifPresent(
            split ->
                assertThat(Stream.concat(split.train().stream(), split.validation().stream()))
                    .allMatch(t -> t.source() == TaskSource.SYNTHETIC));
  }

  @Test
  void sixty_tasks_are_about_twenty_four_sealed_sixteen_to_validate_and_the_rest_to_learn_from() {
    double sealed = 0;
    for (long seed = 0; seed < 200; seed++) {
      Split split = Splitter.split(captured(60), PLAN, seed).orElseThrow();
      assertThat(split.size()).isEqualTo(60);
      assertThat(split.test()).hasSizeBetween(10, 40);
      assertThat(split.validation()).hasSizeBetween(9, 16);
      sealed += split.test().size() / 200.0;
    }
    assertThat(sealed).isBetween(23.0, 25.0);
  }

  @Test
  void sixteen_tasks_are_enough_and_fifteen_lack_one() {
    Split split = Splitter.split(captured(16), PLAN, 1).orElseThrow();
    assertThat(List.of(split.train().size(), split.validation().size(), split.test().size()))
        .containsExactly(4, 4, 8);
    assertThat(Splitter.split(captured(15), PLAN, 1)).isEmpty();
    assertThat(Splitter.missing(captured(15), PLAN)).isEqualTo(1);
  }

  @Test
  void another_seed_seals_other_tasks() {
    assertThat(Splitter.split(captured(100), PLAN, 1).orElseThrow().test())
        .isNotEqualTo(Splitter.split(captured(100), PLAN, 2).orElseThrow().test());
  }

  @Test
  void a_plan_with_a_large_minimum_for_training_holds_it() {
    SplitPlan plan = new SplitPlan(0.4, 8, 4, 16, 50);
    assertThat(Splitter.split(captured(62), plan, 3).orElseThrow().train())
        .hasSizeGreaterThanOrEqualTo(50);
  }

  @Provide
  Arbitrary<List<Task>> tasksWithDoubles() {
    Arbitrary<String> input =
        Combinators.combine(
                Arbitraries.integers().between(0, 60), Arbitraries.of("Order %d", " order  %d\n"))
            .as((n, spelling) -> spelling.formatted(n));
    return Combinators.combine(input, Arbitraries.of(TaskSource.values()))
        .as(SplitterTest::task)
        .list()
        .ofMaxSize(120);
  }

  private static List<Task> captured(int n) {
    return IntStream.range(0, n).mapToObj(i -> task("input " + i, TaskSource.CAPTURED)).toList();
  }

  private static Task task(String input, TaskSource source) {
    return new Task(InputKey.of(input).taskId(), input, null, List.of(), null, source);
  }

  private static List<Task> all(Split split) {
    return Stream.of(split.train(), split.validation(), split.test())
        .flatMap(List::stream)
        .toList();
  }

  private static Set<InputKey> keys(Collection<Task> tasks) {
    return tasks.stream()
        .map(t -> InputKey.of(t.input()))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
