package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final CallCosts.Kind KIND = new CallCosts.Kind(ModelRole.WORKER, "m");

  /**
   * One step: a reservation of so many tokens, or the settlement of the oldest for a share of it.
   */
  record Step(boolean reserve, long prompt, long completion, int usedPercent) {}

  @Property(tries = 500)
  void over_any_interleaving_of_reservations_and_settlements_no_limit_is_passed(
      @ForAll @LongRange(max = 30) long calls,
      @ForAll @LongRange(max = 20_000) long tokens,
      @ForAll @IntRange(max = 500) int cents,
      @ForAll @Size(max = 120) List<@IntRange(max = 1_000_000) Integer> numbers)
      throws InterruptedException {
    Budget budget = new Budget(new Limits(calls, tokens, cents / 100.0), Spend.NOTHING);
    for (int i = 0; i < 100; i++) {
      // What they cost is known: many may be under way.
      budget.ended(KIND, new Spend(1, 1, 1, 0), true);
    }
    Deque<Budget.Reservation> underWay = new ArrayDeque<>();
    for (int number : numbers) {
      Step step =
          new Step(
              number % 3 != 0, number % 2_000, number / 7 % 1_000, Math.min(100, number % 120));
      if (step.reserve() || underWay.isEmpty()) {
        Spend estimate =
            new Spend(
                1, step.prompt(), step.completion(), (step.prompt() + step.completion()) / 5e3);
        Spend before = total(budget, underWay);
        while (!underWay.isEmpty()
            && passes(before.plus(estimate), calls, tokens, cents)
            && !passes(budget.spent().plus(estimate), calls, tokens, cents)) {
          // It would wait for those under way.
          settle(underWay.remove(), 100);
          before = total(budget, underWay);
        }
        try {
          underWay.add(budget.reserve(KIND, () -> estimate));
        } catch (ModelException e) {
          assertThat(e.kind()).isEqualTo(ModelException.Kind.BUDGET_EXHAUSTED);
          Spend then = before.plus(estimate);
          assertThat(
                  then.calls() > calls
                      || then.tokens() > tokens
                      || then.usd() > cents / 100.0 - 1e-9)
              .as("was refused for a reason")
              .isTrue();
        }
      } else {
        settle(underWay.remove(), step.usedPercent());
      }
      Spend worst = total(budget, underWay);
      assertThat(worst.calls()).isLessThanOrEqualTo(calls);
      assertThat(worst.tokens()).isLessThanOrEqualTo(tokens);
      assertThat(worst.usd()).isLessThanOrEqualTo(cents / 100.0 + 1e-9);
    }
  }

  private static void settle(Budget.Reservation reservation, int usedPercent) {
    Spend e = reservation.estimate();
    reservation.settle(
        new Spend(
            1,
            e.promptTokens() * usedPercent / 100,
            e.completionTokens() * usedPercent / 100,
            e.usd() * usedPercent / 100));
  }

  private static boolean passes(Spend then, long calls, long tokens, int cents) {
    return new Limits(calls, tokens, cents / 100.0).passedBy(then) != null;
  }

  private static Spend total(Budget budget, Deque<Budget.Reservation> underWay) {
    return underWay.stream().map(Budget.Reservation::estimate).reduce(budget.spent(), Spend::plus);
  }

  @Test
  void of_many_threads_exactly_as_many_reserve_as_the_limit_allows() throws Exception {
    Budget budget = new Budget(new Limits(100L, null, null), Spend.NOTHING);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> results = new ArrayList<>();
      IntStream.range(0, 500)
          .forEach(
              i ->
                  results.add(
                      threads.submit(
                          () -> {
                            try {
                              budget
                                  .reserve(KIND, () -> new Spend(1, 10, 10, 0))
                                  .settle(new Spend(1, 3, 4, 0));
                              return true;
                            } catch (ModelException e) {
                              return false;
                            }
                          })));
      int made = 0;
      for (Future<Boolean> result : results) {
        made += result.get() ? 1 : 0;
      }
      assertThat(made).isEqualTo(100);
    }
    assertThat(budget.spent()).isEqualTo(new Spend(100, 300, 400, 0));
  }

  @Test
  void what_earlier_processes_spent_counts() {
    Budget budget = new Budget(new Limits(5L, null, null), new Spend(5, 1, 1, 0));

    assertThatThrownBy(() -> budget.reserve(KIND, () -> new Spend(1, 1, 1, 0)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("5 calls");
  }

  @Test
  void a_reservation_is_settled_once() throws Exception {
    Budget.Reservation reservation =
        new Budget(Limits.NONE, Spend.NOTHING).reserve(KIND, () -> new Spend(1, 1, 1, 0));
    reservation.settle(Spend.NOTHING);

    assertThatThrownBy(() -> reservation.settle(Spend.NOTHING))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void limits_that_are_negative_or_no_number_are_refused() {
    assertThatThrownBy(() -> new Limits(-1L, null, null))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-3005")
        .hasMessageContaining("--max-calls");
    assertThatThrownBy(() -> new Limits(null, null, Double.NaN)).hasMessageContaining("--max-usd");
    assertThatThrownBy(() -> new Limits(null, null, Double.POSITIVE_INFINITY))
        .hasMessageContaining("--max-usd");
  }

  @Property(tries = 150)
  void over_any_sequence_of_faults_exactly_what_was_sent_is_counted_and_no_limit_is_passed(
      @ForAll @IntRange(max = 25) int calls,
      @ForAll @Size(max = 30) List<@IntRange(max = 25) Integer> faults) {
    ModelException.Kind[] kinds = ModelException.Kind.values();
    List<Integer> left = new ArrayList<>(faults);
    ScriptedModel model =
        new ScriptedModel(
            request -> {
              int next = left.isEmpty() ? 99 : left.removeFirst();
              if (next < kinds.length) {
                throw new ModelException(kinds[next], "scripted");
              }
              return ScriptedModel.answer("ok", 10, 5);
            });
    Patience hasty =
        new Patience(
            2,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            8,
            10,
            Duration.ofMillis(1));
    try (ModelGateway gateway =
        ModelGateway.before(model)
            .limits(new Limits((long) calls, null, null))
            .patience(hasty)
            .build()) {
      for (int i = 0; i < 12; i++) {
        try {
          gateway.complete(ScriptedModel.request("call " + i));
        } catch (ModelException e) {
          assertThat(e.getMessage()).isNotBlank();
        }
        Spend spent = gateway.spent();
        assertThat(spent.calls() + spent.turnedDown()).isEqualTo(model.asked.size());
        assertThat(spent.calls()).isLessThanOrEqualTo(calls);
      }
    }
  }
}
