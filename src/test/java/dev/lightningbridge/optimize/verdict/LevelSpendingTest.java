package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LevelSpendingTest {
  private static Set<String> tasks(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "task " + i).collect(Collectors.toSet());
  }

  private static double counted(Set<String> today, List<Set<String>> earlier) {
    return LevelSpending.counted(
        today.size(),
        earlier.stream().map(test -> (int) today.stream().filter(test::contains).count()).toList());
  }

  /** The levels of so many nights, all together. */
  private static double spent(int nights, IntFunction<Set<String>> sealed) {
    List<Set<String>> earlier = new ArrayList<>();
    double sum = 0;
    for (int night = 0; night < nights; night++) {
      Set<String> today = sealed.apply(night);
      sum += LevelSpending.level(counted(today, earlier));
      earlier.add(today);
    }
    return sum;
  }

  @Test
  void the_same_tasks_never_spend_more_than_five_percent_however_often_they_are_opened() {
    assertThat(spent(90, night -> tasks(0, 24))).isLessThan(0.0412);
    assertThat(spent(1000, night -> tasks(0, 24))).isLessThan(0.0412);
  }

  @Test
  void neither_do_tasks_that_grow_in_number_every_night() {
    assertThat(spent(90, night -> tasks(0, 24 + night))).isLessThan(0.05);
    assertThat(spent(90, night -> tasks(0, 8 + 2 * night))).isLessThan(0.05);
    assertThat(spent(90, night -> tasks(0, (int) (8 * Math.pow(2, night / 10.0)))))
        .isLessThan(0.05);
  }

  @Test
  void neither_do_tasks_that_are_sealed_by_another_draw_each_time() {
    Random random = new Random(1);

    assertThat(
            spent(
                90,
                night -> {
                  Set<String> drawn = new HashSet<>();
                  while (drawn.size() < 24) {
                    drawn.add("task " + random.nextInt(60));
                  }
                  return drawn;
                }))
        .isLessThan(0.05);
  }

  @Test
  void each_further_test_on_the_same_tasks_pays() {
    Set<String> today = tasks(0, 10);

    assertThat(LevelSpending.first()).isEqualTo(0.025);
    assertThat(LevelSpending.level(counted(today, List.of(today))))
        .isCloseTo(0.00625, within(1e-12));
    assertThat(LevelSpending.level(counted(today, List.of(today, today))))
        .isCloseTo(0.05 / 18, within(1e-12));
  }

  @Test
  void fresh_tasks_raise_the_level_again() {
    List<Set<String>> earlier = List.of(tasks(0, 10), tasks(0, 10));

    assertThat(counted(tasks(0, 20), earlier)).isEqualTo(2);
    assertThat(counted(tasks(0, 40), earlier)).isEqualTo(1);
    assertThat(counted(tasks(10, 20), earlier)).isZero();
  }
}
