package dev.lightningbridge.model;

import static dev.lightningbridge.model.ScriptedModel.answer;
import static dev.lightningbridge.model.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.model.ModelException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models that write far more than their requests allow, before a budget. */
@Timeout(60)
class OverrunTest {
  private final CallJournal journal = CallJournal.inMemory();

  private ModelGateway gateway(ChatModel model, Limits limits) {
    return ModelGateway.before(model)
        .limits(limits)
        .journal(journal)
        .patience(Patience.NONE)
        .concurrency(64)
        .build();
  }

  /** How many were answered. */
  private static int ask(ModelGateway gateway, int calls, int atOnce) throws Exception {
    List<Optional<Kind>> ends =
        CallsAtOnce.of(gateway, calls, Executors.newFixedThreadPool(atOnce));
    assertThat(ends.stream().flatMap(Optional::stream)).allMatch(Kind.BUDGET_EXHAUSTED::equals);
    return (int) ends.stream().filter(Optional::isEmpty).count();
  }

  @Test
  void thirty_two_at_once_that_think_do_not_pass_a_limit_by_more_than_one_call() throws Exception {
    Limits limits = new Limits(null, 1_000_000L, null);
    try (ModelGateway gateway = gateway(r -> after(2, answer("ok", 100, 30_000)), limits)) {
      int answered = ask(gateway, 400, 32);
      assertThat(answered).isBetween(30, 34);
      assertThat(gateway.spent().tokens()).isLessThanOrEqualTo(1_000_000 + 30_100);
      assertThat(gateway.budget().ended()).isEqualTo("1,000,000 tokens (--max-tokens)");
    }
  }

  @Property(tries = 40)
  void a_limit_is_passed_by_no_more_than_the_calls_under_way(
      @ForAll @IntRange(min = 1, max = 16) int atOnce,
      @ForAll @IntRange(min = 3_000, max = 400_000) int tokens,
      @ForAll @IntRange(min = 1, max = 60_000) int most,
      @ForAll long seed)
      throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger mostUnderWay = new AtomicInteger();
    CallJournal own = CallJournal.inMemory();
    ChatModel model =
        r -> {
          mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          try {
            long written = 1 + Math.floorMod(r.body().toString().hashCode() * 31L + seed, most);
            return answer("ok", 40, written);
          } finally {
            underWay.decrementAndGet();
          }
        };
    try (ModelGateway gateway =
        ModelGateway.before(model)
            .limits(new Limits(null, (long) tokens, null))
            .journal(own)
            .patience(Patience.NONE)
            .build()) {
      ask(gateway, 60, atOnce);
      assertThat(gateway.spent().tokens())
          .isLessThanOrEqualTo(tokens + (long) mostUnderWay.get() * (most + 40));
    }
  }

  @Test
  void what_was_learnt_is_known_again_by_the_journal() throws Exception {
    Limits limits = new Limits(null, 100_000L, null);
    try (ModelGateway gateway = gateway(r -> answer("ok", 100, 30_000), limits)) {
      assertThat(ask(gateway, 3, 1)).isEqualTo(3);
    }
    AtomicInteger sent = new AtomicInteger();
    try (ModelGateway resumed =
        gateway(
            r -> {
              sent.incrementAndGet();
              return answer("ok", 100, 30_000);
            },
            limits)) {
      assertThat(ask(resumed, 4, 1)).as("a fourth one would pass the limit").isEqualTo(3);
      assertThat(sent).hasValue(0);
    }
  }

  @Test
  void by_how_much_a_limit_was_passed_is_said() throws Exception {
    Limits limits = new Limits(null, 20_000L, null);
    try (ModelGateway gateway = gateway(r -> answer("ok", 100, 30_000), limits)) {
      gateway.complete(request("a"));
      try {
        gateway.complete(request("b"));
      } catch (ModelException e) {
        assertThat(e).hasMessageContaining("10,100 tokens");
      }
      assertThat(gateway.budget().beyond()).isEqualTo("10,100 tokens");
    }
  }

  @Test
  void what_is_kept_back_grows_with_what_calls_cost() throws Exception {
    Limits limits = new Limits(null, 300_500L, null);
    try (ModelGateway gateway = gateway(r -> answer("ok", 100, 9_900), limits)) {
      Budget budget = gateway.budget();
      try (Budget.Kept kept =
          budget.keepBack(
              () -> new Spend(0, 0, 1_000, 0).atLeast(budget.average(ModelRole.WORKER, 10)))) {
        assertThat(ask(gateway, 60, 4)).as("ten more of 10,000 stay").isEqualTo(20);
      }
      assertThat(ask(gateway, 80, 4)).as("of which twenty come from the journal").isEqualTo(10);
    }
  }

  private static ChatAnswer after(long ms, ChatAnswer answer) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answer;
  }
}
