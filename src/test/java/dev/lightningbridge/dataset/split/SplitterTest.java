package dev.lightningbridge.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private static final Seal SEAL = Seal.of("s", 0);

  @Property(tries = 150)
  void no_input_is_in_two_sets_however_it_is_spelled(
      @ForAll("tasksWithDoubles") List<Task> tasks, @ForAll long seed) {
    Splitter.split(tasks, PLAN, Seal.of("s", seed))
        .ifPresent(
            split -> {
              assertThat(keys(split.train())).doesNotContainAnyElementsOf(keys(split.validation()));
              assertThat(keys(split.train())).doesNotContainAnyElementsOf(keys(split.test()));
              assertThat(keys(split.validation())).doesNotContainAnyElementsOf(keys(split.test()));
            });
  }

  @Property(tries = 150)
  void every_task_is_in_exactly_one_set(
      @ForAll("tasksWithDoubles") List<Task> tasks, @ForAll long seed) {
    Splitter.split(tasks, PLAN, Seal.of("s", seed))
        .ifPresent(split -> assertThat(all(split)).containsExactlyInAnyOrderElementsOf(tasks));
  }

  @Property(tries = 150)
  void there_is_a_split_exactly_when_nothing_is_missing_and_then_every_minimum_holds(
      @ForAll("tasksWithDoubles") List<Task> tasks, @ForAll long seed) {
    int missing = Splitter.missing(tasks, PLAN, SEAL);
    assertThat(Splitter.split(tasks, PLAN, Seal.of("s", seed)).isPresent()).isEqualTo(missing == 0);
    assertThat(missing).isEqualTo(Math.max(0, PLAN.minimumTasks() - keys(tasks).size()));
    Splitter.split(tasks, PLAN, Seal.of("s", seed))
        .ifPresent(
            split -> {
              assertThat(keys(split.test())).hasSizeGreaterThanOrEqualTo(PLAN.minimumTest());
              assertThat(keys(split.validation()))
                  .hasSizeBetween(PLAN.minimumValidation(), PLAN.maximumValidation());
              assertThat(keys(split.train())).hasSizeGreaterThanOrEqualTo(PLAN.minimumTrain());
            });
  }

  @Property(tries = 150)
  void the_same_tasks_and_seed_give_the_same_sets_in_whatever_order_they_come(
      @ForAll("tasksWithDoubles") List<Task> tasks, @ForAll long seed) {
    List<Task> reversed = tasks.reversed();
    Splitter.split(tasks, PLAN, Seal.of("s", seed))
        .ifPresent(
            split -> {
              Split again = Splitter.split(reversed, PLAN, Seal.of("s", seed)).orElseThrow();
              assertThat(keys(again.test())).isEqualTo(keys(split.test()));
              assertThat(keys(again.validation())).isEqualTo(keys(split.validation()));
            });
  }

  @Property(tries = 100)
  void what_was_sealed_stays_sealed_when_tasks_are_added_also_as_other_wordings(
      @ForAll @IntRange(min = 16, max = 100) int before,
      @ForAll @IntRange(min = 0, max = 100) int added,
      @ForAll @IntRange(min = 0, max = 30) int wordings,
      @ForAll long seed) {
    List<Task> first = captured(before);
    Set<InputKey> sealed =
        keys(Splitter.split(first, PLAN, Seal.of("s", seed)).orElseThrow().test());
    List<Task> grown = new ArrayList<>(captured(before + added));
    IntStream.range(0, Math.min(wordings, before))
        .forEach(i -> grown.add(task("Hi! " + question(i) + " Thanks", TaskSource.CAPTURED)));

    Split later = Splitter.split(grown, PLAN, new Seal("s", seed, sealed, Set.of())).orElseThrow();

    assertThat(keys(later.test())).containsAll(sealed);
    assertThat(Stream.concat(later.train().stream(), later.validation().stream()))
        .noneMatch(task -> sealed.stream().anyMatch(key -> isWordingOf(task, key, first)));
  }

  private static boolean isWordingOf(Task task, InputKey key, List<Task> tasks) {
    return tasks.stream()
        .filter(t -> InputKey.of(t.input()).equals(key))
        .anyMatch(t -> task.input().contains(t.input()));
  }

  @Property(tries = 100)
  void what_was_sealed_with_another_seed_is_in_no_search(
      @ForAll @IntRange(min = 16, max = 100) int tasks, @ForAll long seed, @ForAll long other) {
    Set<InputKey> sealed =
        keys(Splitter.split(captured(tasks), PLAN, Seal.of("s", other)).orElseThrow().test());
    Split split =
        Splitter.split(captured(tasks), PLAN, new Seal("s", seed, Set.of(), sealed)).orElseThrow();
    assertThat(keys(split.train())).doesNotContainAnyElementsOf(sealed);
    assertThat(keys(split.validation())).doesNotContainAnyElementsOf(sealed);
    assertThat(split.test()).hasSizeGreaterThanOrEqualTo(PLAN.minimumTest());
  }

  @Test
  void of_three_wordings_the_test_asks_one_and_the_search_sees_none() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      for (String tail : List.of("", " Thanks!", " Thank you.")) {
        tasks.add(task(question(i) + tail, TaskSource.CAPTURED));
      }
    }
    Split split = Splitter.split(tasks, PLAN, SEAL).orElseThrow();
    assertThat(split.test()).hasSize(8);
    assertThat(split.sealed()).hasSize(24).containsAll(split.test());
    assertThat(split.validation()).hasSize(5);
    assertThat(split.train()).hasSize(21);
    assertThat(split.aside()).hasSize(16 + 10);
    assertThat(numbers(split.sealed()))
        .doesNotContainAnyElementsOf(numbers(split.train()))
        .doesNotContainAnyElementsOf(numbers(split.validation()));
  }

  @Test
  void wordings_of_fifteen_questions_lack_one_however_many_there_are() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      for (String head : List.of("", "Re: ", "Hello, ", "Dear team,\n")) {
        tasks.add(task(head + question(i), TaskSource.CAPTURED));
      }
    }
    assertThat(Splitter.split(tasks, PLAN, SEAL)).isEmpty();
    assertThat(Splitter.missing(tasks, PLAN, SEAL)).isEqualTo(1);
  }

  @Test
  void each_tag_has_its_part_of_the_test_and_of_validation() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String tag = i < 30 ? "billing" : i < 50 ? "technical" : "legal";
      tasks.add(new Task("t" + i, "input " + i, null, List.of(), "s", TaskSource.PROVIDED, tag));
    }
    for (long seed = 0; seed < 50; seed++) {
      Split split = Splitter.split(tasks, PLAN, Seal.of("s", seed)).orElseThrow();
      assertThat(byTag(split.test()))
          .containsExactlyInAnyOrderEntriesOf(Map.of("billing", 12L, "technical", 8L, "legal", 4L));
      assertThat(byTag(split.validation()).get("legal")).isBetween(2L, 3L);
    }
  }

  @Test
  void without_tags_each_of_few_answers_has_its_part() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String answer = i < 40 ? "no" : "yes";
      tasks.add(new Task("t" + i, "input " + i, answer, List.of(), "s", TaskSource.PROVIDED));
    }
    for (long seed = 0; seed < 50; seed++) {
      Split split = Splitter.split(tasks, PLAN, Seal.of("s", seed)).orElseThrow();
      assertThat(split.test().stream().filter(t -> "yes".equals(t.expectedText()))).hasSize(4);
    }
  }

  private static Map<String, Long> byTag(List<Task> tasks) {
    return tasks.stream().collect(Collectors.groupingBy(Task::tag, Collectors.counting()));
  }

  private static Set<String> numbers(List<Task> tasks) {
    return tasks.stream()
        .map(t -> t.input().replaceAll(".*number (\\d+).*", "$1"))
        .collect(Collectors.toSet());
  }

  private static String question(int number) {
    return "Please look into the matter of number " + number + " for me";
  }

  @Property(tries = 100)
  void a_synthetic_task_is_sealed_only_when_every_real_one_is(
      @ForAll @IntRange(min = 0, max = 80) int real,
      @ForAll @IntRange(min = 0, max = 80) int synthetic,
      @ForAll long seed) {
    List<Task> tasks = new ArrayList<>(captured(real));
    IntStream.range(0, synthetic)
        .forEach(i -> tasks.add(task("made up " + i, TaskSource.SYNTHETIC)));
    Splitter.split(tasks, PLAN, Seal.of("s", seed))
        .filter(split -> split.test().stream().anyMatch(t -> t.source() == TaskSource.SYNTHETIC))
        .ifPresent(
            split ->
                assertThat(Stream.concat(split.train().stream(), split.validation().stream()))
                    .allMatch(t -> t.source() == TaskSource.SYNTHETIC));
  }

  @Test
  void sixty_tasks_are_about_twenty_four_sealed_sixteen_to_validate_and_the_rest_to_learn_from() {
    for (long seed = 0; seed < 50; seed++) {
      Split split = Splitter.split(captured(60), PLAN, Seal.of("s", seed)).orElseThrow();
      assertThat(split.size()).isEqualTo(60);
      assertThat(split.test()).hasSize(24);
      assertThat(split.validation()).hasSize(16);
    }
  }

  @Test
  void sixteen_tasks_are_enough_and_fifteen_lack_one() {
    Split split = Splitter.split(captured(16), PLAN, Seal.of("s", 1)).orElseThrow();
    assertThat(List.of(split.train().size(), split.validation().size(), split.test().size()))
        .containsExactly(4, 4, 8);
    assertThat(Splitter.split(captured(15), PLAN, Seal.of("s", 1))).isEmpty();
    assertThat(Splitter.missing(captured(15), PLAN, SEAL)).isEqualTo(1);
  }

  @Test
  void another_seed_of_the_split_seals_other_tasks() {
    assertThat(Splitter.split(captured(100), PLAN, Seal.of("s", 1)).orElseThrow().test())
        .isNotEqualTo(Splitter.split(captured(100), PLAN, Seal.of("s", 2)).orElseThrow().test());
  }

  @Test
  void another_session_seals_other_tasks() {
    assertThat(Splitter.split(captured(100), PLAN, Seal.of("s", 0)).orElseThrow().test())
        .isNotEqualTo(Splitter.split(captured(100), PLAN, Seal.of("t", 0)).orElseThrow().test());
  }

  @Test
  void a_plan_with_a_large_minimum_for_training_holds_it() {
    SplitPlan plan = new SplitPlan(0.4, 8, 4, 16, 50);
    assertThat(Splitter.split(captured(62), plan, Seal.of("s", 3)).orElseThrow().train())
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
    return IntStream.range(0, n).mapToObj(i -> task(question(i), TaskSource.CAPTURED)).toList();
  }

  private static Task task(String input, TaskSource source) {
    return new Task(InputKey.of(input).taskId(), input, null, List.of(), null, source);
  }

  private static List<Task> all(Split split) {
    return Stream.of(split.train(), split.validation(), split.test(), split.aside())
        .flatMap(List::stream)
        .toList();
  }

  private static Set<InputKey> keys(Collection<Task> tasks) {
    return tasks.stream()
        .map(t -> InputKey.of(t.input()))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
