package dev.lightningbridge.model;

import static dev.lightningbridge.model.ScriptedModel.answer;
import static dev.lightningbridge.model.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.ModelException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelGatewayTest {
  static final Patience QUICK =
      new Patience(
          3,
          Duration.ofMillis(2),
          Duration.ofMillis(8),
          Duration.ofMillis(40),
          Duration.ofMillis(40),
          Duration.ofMillis(300),
          Duration.ofSeconds(5),
          8,
          10,
          Duration.ofMillis(30));

  private final List<CallListener.FinishedCall> finished = new CopyOnWriteArrayList<>();
  private final CallJournal journal = CallJournal.inMemory();

  private ModelGatewayBuilder gateway(ChatModel upstream) {
    return ModelGateway.before(upstream)
        .patience(QUICK)
        .random(new Random(1))
        .journal(journal)
        .listener(finished::add);
  }

  @Test
  void a_call_is_answered_charged_and_told() throws ModelException {
    ScriptedModel model = ScriptedModel.answering();
    try (ModelGateway gateway = gateway(model).build()) {
      assertThat(gateway.complete(request("a")).text()).isEqualTo("answer to a");

      Spend spend = new Spend(1, 10, 5, (10 * 0.15 + 5 * 0.6) / 1e6);
      assertThat(gateway.spent()).isEqualTo(spend);
      assertThat(journal.spent()).isEqualTo(spend);
      assertThat(finished).hasSize(1);
      assertThat(finished.getFirst().spend()).isEqualTo(spend);
      assertThat(finished.getFirst().model()).isEqualTo("gpt-4o-mini");
    }
  }

  @Test
  void repeats_of_a_request_are_sent_each_with_its_ordinal() throws ModelException {
    ScriptedModel model = ScriptedModel.answering();
    try (ModelGateway gateway = gateway(model).build()) {
      gateway.complete(request("a"));
      gateway.complete(request("a"));
      gateway.complete(request("b"));
    }
    assertThat(model.asked).extracting(ChatRequest::ordinal).containsExactly(0, 1, 0);
  }

  @Test
  void a_resumed_run_is_answered_from_the_journal_and_pays_only_for_what_is_new()
      throws ModelException {
    Spend first;
    try (ModelGateway gateway = gateway(ScriptedModel.answering()).build()) {
      gateway.complete(request("a"));
      gateway.complete(request("a"));
      first = gateway.spent();
    }
    ScriptedModel model = ScriptedModel.answering();
    try (ModelGateway resumed = gateway(model).build()) {
      assertThat(resumed.complete(request("a")).text()).isEqualTo("answer to a");
      assertThat(resumed.complete(request("a")).usage().totalTokens()).isEqualTo(15);
      assertThat(model.asked).isEmpty();
      assertThat(resumed.spent()).isEqualTo(first);
      assertThat(finished.getLast().replayed()).isTrue();

      resumed.complete(request("a"));
      assertThat(model.asked).hasSize(1);
      assertThat(model.asked.getFirst().ordinal()).isEqualTo(2);
      assertThat(resumed.spent().calls()).isEqualTo(3);
    }
  }

  @Test
  void once_a_call_could_not_be_kept_no_other_one_is_made() {
    BridgeException full =
        new BridgeException(
            ModelError.JOURNAL_UNREADABLE, "the disk is full", "here", "Make room.");
    ScriptedModel model = ScriptedModel.answering();
    try (ModelGateway gateway = gateway(model).journal(keepingNothingFor(1, full)).build()) {
      assertThatThrownBy(() -> gateway.complete(request("a"))).isSameAs(full);
      assertThatThrownBy(() -> gateway.complete(request("b"))).isSameAs(full);
      assertThatThrownBy(gateway::throwIfBroken).isSameAs(full);
    }
    assertThat(model.asked).hasSize(1);
  }

  /** A journal on a disk that has room again after so many failures. */
  private CallJournal keepingNothingFor(int failures, BridgeException failure) {
    AtomicInteger left = new AtomicInteger(failures);
    return new CallJournal() {
      @Override
      public Optional<Entry> find(CallKey key) {
        return journal.find(key);
      }

      @Override
      public void reserved(CallKey key, ModelRole role, String name, Spend charged) {
        journal.reserved(key, role, name, charged);
      }

      @Override
      public void done(CallKey key, ObjectNode answer, Spend charged) {
        if (left.getAndDecrement() > 0) {
          throw failure;
        }
        journal.done(key, answer, charged);
      }

      @Override
      public void failed(CallKey key, ModelException e, Spend charged) {
        journal.failed(key, e, charged);
      }

      @Override
      public Spend spent() {
        return journal.spent();
      }
    };
  }

  @Test
  void a_call_that_was_under_way_at_a_crash_is_sent_again_and_both_are_charged()
      throws ModelException {
    CallKey key = new CallKey(CallKey.hash(request("a")), 0);
    journal.reserved(key, ModelRole.WORKER, "gpt-4o-mini", new Spend(1, 100, 200, 0.5));
    try (ModelGateway resumed = gateway(ScriptedModel.answering()).build()) {
      assertThat(resumed.spent()).isEqualTo(new Spend(1, 100, 200, 0.5));
      resumed.complete(request("a"));
      assertThat(resumed.spent().calls()).isEqualTo(2);
      assertThat(resumed.spent().promptTokens()).isEqualTo(110);
      assertThat(journal.spent()).isEqualTo(resumed.spent());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void failures_that_may_pass_are_tried_again_and_others_are_not(Kind kind) {
    ScriptedModel model = ScriptedModel.failing(kind, kind, kind, kind, kind, kind, kind, kind);
    try (ModelGateway gateway = gateway(model).build()) {
      ModelException e = failure(gateway, "a");

      int attempts =
          switch (kind) {
            case TIMEOUT, REFUSED, UNREACHABLE -> 2;
            case EMPTY_ANSWER -> 3;
            case RATE_LIMITED -> 7;
            default -> kind.retryable() ? 4 : 1;
          };
      assertThat(e.kind()).isEqualTo(kind);
      assertThat(model.asked).hasSize(attempts);
      Spend spent = gateway.spent();
      assertThat(spent.calls() + spent.turnedDown()).as("all are counted").isEqualTo(attempts);
      assertThat(spent.calls()).as("and those that cost nothing apart").isIn(0L, (long) attempts);
      assertThat(spent.tokens() > 0).isEqualTo(spent.calls() > 0);
      assertThat(journal.spent()).isEqualTo(gateway.spent());
      assertThat(finished.getLast().failure()).isEqualTo(kind);
    }
  }

  @Test
  void a_call_that_succeeds_at_last_costs_what_was_not_turned_down() throws ModelException {
    ScriptedModel model = ScriptedModel.failing(Kind.SERVER_ERROR, Kind.RATE_LIMITED);
    try (ModelGateway gateway = gateway(model).build()) {
      assertThat(gateway.complete(request("a")).text()).isEqualTo("at last");
      assertThat(gateway.spent().calls()).isEqualTo(1);
      assertThat(gateway.spent().turnedDown()).isEqualTo(2);
      assertThat(gateway.spent().tokens()).isEqualTo(15);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"NETWORK", "TIMEOUT", "MALFORMED_ANSWER", "REFUSED"})
  void an_attempt_that_may_have_been_billed_is_charged_by_estimate(Kind kind) {
    try (ModelGateway gateway =
        gateway(ScriptedModel.failing(kind)).patience(Patience.NONE).build()) {
      failure(gateway, "a");
      assertThat(gateway.spent().completionTokens()).isEqualTo(TokenEstimate.DEFAULT_COMPLETION);
      assertThat(gateway.spent().usd()).isPositive();
    }
  }

  @Test
  void a_refusal_stands_only_when_it_comes_twice() throws ModelException {
    try (ModelGateway gateway = gateway(ScriptedModel.failing(Kind.REFUSED)).build()) {
      assertThat(gateway.complete(request("a")).text()).isEqualTo("at last");
      assertThat(gateway.spent().calls()).isEqualTo(2);
    }
  }

  @Test
  void the_agents_own_failure_is_replayed_and_the_infrastructures_is_tried_again()
      throws ModelException {
    try (ModelGateway gateway =
        gateway(ScriptedModel.failing(Kind.REFUSED, Kind.REFUSED, Kind.UNAUTHORIZED)).build()) {
      failure(gateway, "refused");
      failure(gateway, "unauthorized");
    }
    ScriptedModel model = ScriptedModel.answering();
    try (ModelGateway resumed = gateway(model).build()) {
      assertThat(failure(resumed, "refused").kind()).isEqualTo(Kind.REFUSED);
      assertThat(model.asked).isEmpty();
      assertThat(resumed.complete(request("unauthorized")).text()).isNotEmpty();
    }
  }

  @Test
  void a_call_that_could_pass_a_limit_is_not_made() throws ModelException {
    ScriptedModel model = ScriptedModel.answering();
    try (ModelGateway gateway = gateway(model).limits(new Limits(2L, null, null)).build()) {
      gateway.complete(request("a"));
      gateway.complete(request("b"));
      assertThat(failure(gateway, "c").kind()).isEqualTo(Kind.BUDGET_EXHAUSTED);
      assertThat(model.asked).hasSize(2);
      assertThat(journal.spent().calls()).isEqualTo(2);
    }
  }

  @Test
  void repeats_after_a_failure_that_may_be_billed_are_reserved_too() {
    ScriptedModel model = ScriptedModel.failing(Kind.NETWORK, Kind.NETWORK, Kind.NETWORK);
    try (ModelGateway gateway = gateway(model).limits(new Limits(2L, null, null)).build()) {
      assertThat(failure(gateway, "a").kind()).isEqualTo(Kind.BUDGET_EXHAUSTED);
      assertThat(model.asked).hasSize(2);
      assertThat(gateway.spent().calls()).isEqualTo(2);
    }
  }

  @Test
  void calls_that_were_turned_down_do_not_count_against_the_limit() throws ModelException {
    ScriptedModel model =
        ScriptedModel.failing(Kind.SERVER_ERROR, Kind.UNREACHABLE, Kind.SERVER_ERROR);
    try (ModelGateway gateway = gateway(model).limits(new Limits(2L, null, null)).build()) {
      gateway.complete(request("a"));
      gateway.complete(request("b"));
      assertThat(failure(gateway, "c").kind()).isEqualTo(Kind.BUDGET_EXHAUSTED);
      assertThat(model.asked).hasSize(5);
    }
    try (ModelGateway resumed = gateway(model).limits(new Limits(2L, null, null)).build()) {
      assertThat(resumed.spent().turnedDown()).as("they are kept").isEqualTo(3);
      assertThat(resumed.spent().calls()).isEqualTo(2);
    }
  }

  @Test
  void tokens_are_reserved_by_estimate_and_charged_as_stated() throws ModelException {
    ScriptedModel model = ScriptedModel.answering();
    try (ModelGateway gateway = gateway(model).limits(new Limits(null, 3_000L, null)).build()) {
      // 15 tokens each, but some 2,060 must be free: so it ends short of 3,000, never past it.
      int made = 0;
      while (made < 1_000) {
        try {
          gateway.complete(request("a" + made));
          made++;
        } catch (ModelException e) {
          assertThat(e.kind()).isEqualTo(Kind.BUDGET_EXHAUSTED);
          break;
        }
      }
      assertThat(made).isBetween(50, 70);
      assertThat(gateway.spent().tokens()).isEqualTo(made * 15L);
    }
  }

  @Test
  void many_calls_at_once_cannot_pass_a_limit_together() throws Exception {
    ScriptedModel model = new ScriptedModel(r -> slowly(5));
    try (ModelGateway gateway = gateway(model).limits(new Limits(20L, null, null)).build()) {
      int refused = allAtOnce(gateway, 100);
      assertThat(model.asked).hasSize(20);
      assertThat(refused).isEqualTo(80);
      assertThat(gateway.spent().calls()).isEqualTo(20);
    }
  }

  @Test
  void no_more_calls_than_allowed_are_under_way_at_once() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ChatModel model =
        r -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          ChatAnswer answer = slowly(5);
          now.decrementAndGet();
          return answer;
        };
    try (ModelGateway gateway = gateway(model).concurrency(3).build()) {
      assertThat(allAtOnce(gateway, 30)).isZero();
    }
    assertThat(most).hasValueBetween(2, 3);
  }

  @Test
  void a_limit_in_usd_without_a_price_is_an_error_before_the_run() {
    ModelGatewayBuilder builder =
        gateway(ScriptedModel.answering())
            .names(ModelNames.builder().agentModel("our-own-model").build())
            .limits(new Limits(null, null, 1.0));

    assertThatThrownBy(builder::build)
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-3002")
        .hasMessageContaining("our-own-model");
  }

  @Test
  void a_limit_in_usd_lets_no_call_through_whose_price_turns_out_to_be_unknown() {
    ScriptedModel model = ScriptedModel.answering();
    try (ModelGateway gateway = gateway(model).limits(new Limits(null, null, 1.0)).build()) {
      ChatRequest unknown = ChatRequest.of(ModelRole.WORKER, "our-own-model", "", "a", 0);
      assertThatThrownBy(() -> gateway.complete(unknown)).hasMessageContaining("our-own-model");
      assertThat(model.asked).isEmpty();
    }
  }

  @Test
  void an_attempt_that_takes_too_long_is_ended_and_tried_again() throws ModelException {
    AtomicInteger attempts = new AtomicInteger();
    ChatModel model = r -> attempts.incrementAndGet() == 1 ? slowly(60_000) : answer("ok", 1, 1);
    try (ModelGateway gateway = gateway(model).build()) {
      assertThat(gateway.complete(request("a")).text()).isEqualTo("ok");
      assertThat(gateway.spent().calls()).isEqualTo(2);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void the_endpoints_wish_to_wait_is_granted_up_to_a_ceiling() throws ModelException {
    AtomicInteger attempts = new AtomicInteger();
    ChatModel model =
        r -> {
          if (attempts.incrementAndGet() == 1) {
            throw new ModelException(Kind.RATE_LIMITED, "later", 4_000L, null);
          }
          return answer("ok", 1, 1);
        };
    try (ModelGateway gateway = gateway(model).build()) {
      long start = System.nanoTime();
      gateway.complete(request("a"));
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(40), Duration.ofSeconds(3));
    }
  }

  @Test
  void an_endpoint_that_has_answered_is_waited_for_and_its_failure_told_at_once()
      throws ModelException {
    AtomicInteger sent = new AtomicInteger();
    ChatModel model =
        r -> {
          if (sent.incrementAndGet() > 1) {
            throw new ModelException(Kind.UNREACHABLE, "connection refused by h:1");
          }
          return answer("ok", 1, 1);
        };
    List<String> notices = new CopyOnWriteArrayList<>();
    CallListener listener =
        new CallListener() {
          @Override
          public void finished(FinishedCall call) {}

          @Override
          public void notice(String sentence) {
            notices.add(sentence);
          }
        };
    try (ModelGateway gateway = gateway(model).listener(listener).build()) {
      gateway.complete(request("a"));
      assertThat(failure(gateway, "b").kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(failure(gateway, "c").kind()).isEqualTo(Kind.UNREACHABLE);
    }
    assertThat(sent).as("one answered, and four attempts of two calls").hasValue(9);
    assertThat(notices).containsExactly("A call failed: connection refused by h:1");
  }

  @Test
  void the_circuit_opens_says_so_and_closes_again() throws ModelException {
    List<String> notices = new CopyOnWriteArrayList<>();
    AtomicInteger sent = new AtomicInteger();
    ChatModel model =
        r -> {
          if (sent.incrementAndGet() <= 10) {
            throw new ModelException(Kind.SERVER_ERROR, "down");
          }
          return answer("ok", 1, 1);
        };
    CallListener listener =
        new CallListener() {
          @Override
          public void finished(FinishedCall call) {}

          @Override
          public void notice(String sentence) {
            notices.add(sentence);
          }
        };
    Patience oneTry = QUICK.withRetries(0).withCircuitPause(Duration.ofMinutes(1));
    try (ModelGateway gateway = gateway(model).patience(oneTry).listener(listener).build()) {
      for (int i = 0; i < 10; i++) {
        assertThat(failure(gateway, "a").kind()).isEqualTo(Kind.SERVER_ERROR);
      }
      ModelException open = failure(gateway, "a");
      assertThat(open.kind()).isEqualTo(Kind.CIRCUIT_OPEN);
      assertThat(open).hasMessageContaining("down");
      assertThat(sent).as("nothing is sent while it is open").hasValue(10);
      assertThat(gateway.spent().turnedDown()).isEqualTo(10);
    }
    assertThat(notices).hasSize(1).first().asString().contains("60 s");

    try (ModelGateway patient = gateway(model).listener(listener).build()) {
      sent.set(0);
      // Three retries see 4 failures a call: the third call meets the open circuit and outlasts it.
      failure(patient, "b");
      failure(patient, "b");
      assertThat(patient.complete(request("b")).text()).isEqualTo("ok");
    }
    assertThat(notices).anyMatch(n -> n.contains("answers again"));
  }

  @Test
  @Timeout(20)
  void cancelling_ends_calls_and_waits_within_a_second() throws Exception {
    Patience endless =
        new Patience(
            100,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofHours(50),
            8,
            10,
            Duration.ofMinutes(5));
    CountDownLatch underWay = new CountDownLatch(2);
    ChatModel model =
        r -> {
          underWay.countDown();
          if (r.body().at("/messages/0/content").asText().equals("hang")) {
            return slowly(600_000);
          }
          throw new ModelException(Kind.SERVER_ERROR, "down");
        };
    Cancellation cancellation = new Cancellation();
    try (ModelGateway gateway =
            gateway(model).patience(endless).concurrency(2).cancellation(cancellation).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Kind>> ends = new ArrayList<>();
      for (String text : List.of("hang", "retry", "queued")) {
        ends.add(threads.submit(() -> failure(gateway, text).kind()));
        Thread.sleep(50);
      }
      underWay.await();
      long start = System.nanoTime();
      cancellation.request();
      for (Future<Kind> end : ends) {
        assertThat(end.get()).isEqualTo(Kind.CANCELLED);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(failure(gateway, "late").kind()).isEqualTo(Kind.CANCELLED);
      assertThat(gateway.spent().calls()).as("what may be billed is charged").isEqualTo(1);
    }
  }

  @Test
  void a_closed_gateway_refuses_calls() {
    ModelGateway gateway = gateway(ScriptedModel.answering()).build();
    gateway.close();
    assertThat(failure(gateway, "a").kind()).isEqualTo(Kind.CANCELLED);
  }

  @Test
  void a_thread_that_others_interrupted_gets_cancelled() {
    try (ModelGateway gateway = gateway(r -> slowly(60_000)).build()) {
      Thread.currentThread().interrupt();
      assertThat(failure(gateway, "a").kind()).isEqualTo(Kind.CANCELLED);
    }
    assertThat(Thread.interrupted()).as("the interrupt was used").isFalse();
  }

  @Test
  void an_error_in_the_model_itself_is_thrown_as_it_is_and_charged() {
    try (ModelGateway gateway =
        gateway(
                r -> {
                  throw new IllegalStateException("bug");
                })
            .build()) {
      assertThatThrownBy(() -> gateway.complete(request("a")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("bug");
      assertThat(gateway.spent().calls()).isEqualTo(1);
    }
  }

  @Test
  void a_journal_that_cannot_be_written_keeps_the_call_from_being_sent() {
    ScriptedModel model = ScriptedModel.answering();
    BridgeException full =
        new BridgeException(ModelError.JOURNAL_UNREADABLE, "full", "here", "Mend.");
    CallJournal broken =
        (CallJournal)
            java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CallJournal.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("reserved")) {
                    throw full;
                  }
                  return method.invoke(journal, args);
                });
    try (ModelGateway gateway = gateway(model).journal(broken).build()) {
      assertThatThrownBy(() -> gateway.complete(request("a"))).isSameAs(full);
      assertThat(model.asked).isEmpty();
      assertThat(gateway.spent()).isEqualTo(Spend.NOTHING);
    }
  }

  @Test
  void its_threads_do_not_keep_the_process_alive() {
    try (ModelGateway gateway = gateway(r -> slowly(60_000)).patience(QUICK).build()) {
      failure(gateway, "a");
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(t -> t.getName().contains("SmallRye") || t.getName().contains("model-timeouts"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
  }

  private static ModelException failure(ModelGateway gateway, String text) {
    return catchThrowableOfType(ModelException.class, () -> gateway.complete(request(text)));
  }

  /** Answers after a while; an interrupt ends it, as it ends a real call. */
  private static ChatAnswer slowly(long ms) throws ModelException {
    try {
      Thread.sleep(ms);
      return answer("late", 1, 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(Kind.CANCELLED, "interrupted", null, e);
    }
  }

  /** How many of the calls were refused for the budget. */
  private static int allAtOnce(ModelGateway gateway, int calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> ends = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        ends.add(
            threads.submit(
                () -> {
                  try {
                    gateway.complete(request("same"));
                    return false;
                  } catch (ModelException e) {
                    assertThat(e.kind()).isEqualTo(Kind.BUDGET_EXHAUSTED);
                    return true;
                  }
                }));
      }
      int refused = 0;
      for (Future<Boolean> end : ends) {
        refused += end.get() ? 1 : 0;
      }
      return refused;
    }
  }
}
