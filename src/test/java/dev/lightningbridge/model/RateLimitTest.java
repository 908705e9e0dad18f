package dev.lightningbridge.model;

import static dev.lightningbridge.model.ScriptedModel.answer;
import static dev.lightningbridge.model.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightningbridge.model.ModelException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls do when the endpoint asks to be left alone for a while. */
@Timeout(60)
class RateLimitTest {
  private static final Patience PATIENCE =
      new Patience(
          3,
          Duration.ofMillis(2),
          Duration.ofMillis(8),
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          Duration.ofMillis(2_000),
          Duration.ofSeconds(4),
          8,
          10,
          Duration.ofMillis(30));

  private final List<Long> sentAt = new CopyOnWriteArrayList<>();
  private final List<String> notices = new CopyOnWriteArrayList<>();

  private ModelGateway gateway(Patience patience, ChatModel model) {
    return ModelGateway.before(
            request -> {
              sentAt.add(System.nanoTime());
              return model.complete(request);
            })
        .patience(patience)
        .random(new Random(1))
        .listener(
            new CallListener() {
              @Override
              public void finished(FinishedCall call) {}

              @Override
              public void notice(String sentence) {
                notices.add(sentence);
              }
            })
        .build();
  }

  private static List<Kind> allAtOnce(ModelGateway gateway, int calls) throws Exception {
    return CallsAtOnce.of(gateway, calls, Executors.newVirtualThreadPerTaskExecutor()).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static ModelException limited(Long toldMs) {
    return new ModelException(Kind.RATE_LIMITED, "too many", toldMs, null);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(longs = {400})
  void a_wait_that_is_told_or_not_holds_back_all_calls(Long told) throws Exception {
    AtomicInteger sent = new AtomicInteger();
    try (ModelGateway gateway =
        gateway(
            PATIENCE,
            r -> {
              if (sent.incrementAndGet() == 1) {
                throw limited(told);
              }
              return answer("ok", 1, 1);
            })) {
      gateway.complete(request("first"));
      sent.set(0);
      sentAt.clear();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<ChatAnswer> turnedDown = threads.submit(() -> gateway.complete(request("second")));
        while (sent.get() == 0) {
          Thread.sleep(1);
        }
        Thread.sleep(20);
        Future<ChatAnswer> other = threads.submit(() -> gateway.complete(request("third")));
        turnedDown.get();
        other.get();
      }
      assertThat(sentAt).hasSize(3);
      assertThat(Duration.ofNanos(sentAt.get(1) - sentAt.get(0)))
          .isGreaterThanOrEqualTo(Duration.ofMillis(399));
      assertThat(gateway.spent()).isEqualTo(new Spend(3, 2, 3, 3, gateway.spent().usd()));
    }
  }

  @Test
  void an_endpoint_that_takes_five_calls_in_a_window_answers_all_of_many_at_last()
      throws Exception {
    AtomicInteger left = new AtomicInteger(5);
    long[] window = {System.nanoTime()};
    ChatModel model =
        r -> {
          synchronized (left) {
            if (System.nanoTime() - window[0] > 300_000_000L) {
              window[0] = System.nanoTime();
              left.set(5);
            }
            if (left.getAndDecrement() <= 0) {
              throw limited(300 - (System.nanoTime() - window[0]) / 1_000_000);
            }
          }
          return answer("ok", 1, 1);
        };
    try (ModelGateway gateway = gateway(PATIENCE, model)) {
      assertThat(allAtOnce(gateway, 60)).isEmpty();
      assertThat(gateway.spent().calls()).isEqualTo(60);
      assertThat(gateway.spent().turnedDown()).as("fewer go out at a time").isBetween(10L, 150L);
    }
  }

  @Test
  void an_endpoint_that_answers_nobody_any_more_is_given_up() {
    try (ModelGateway gateway =
        gateway(
            PATIENCE,
            r -> {
              throw limited(10L);
            })) {
      assertThat(failure(gateway).kind()).isEqualTo(Kind.RATE_LIMITED);
      assertThat(sentAt).hasSize(7);
    }
  }

  @Test
  void a_limit_that_lasts_longer_than_anything_is_waited_for_is_tried_once_more_at_once() {
    try (ModelGateway gateway =
        gateway(
            PATIENCE,
            r -> {
              throw limited(PATIENCE.deadline().toMillis());
            })) {
      assertThat(failure(gateway).kind()).isEqualTo(Kind.RATE_LIMITED);
      assertThat(failure(gateway).kind()).isEqualTo(Kind.RATE_LIMITED);
      assertThat(sentAt).hasSize(4);
      assertThat(Duration.ofNanos(sentAt.getLast() - sentAt.getFirst()))
          .as("others are not held back by it")
          .isLessThan(PATIENCE.longestRetryAfter());
      assertThat(notices).isEmpty();
    }
  }

  @Test
  void a_model_that_is_being_loaded_is_waited_for_and_that_is_said_once() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    try (ModelGateway gateway =
        gateway(
            PATIENCE,
            r -> {
              if (sent.incrementAndGet() <= 40) {
                throw new ModelException(
                    Kind.SERVER_ERROR, "The endpoint answered 503: Loading model");
              }
              return answer("ok", 1, 1);
            })) {
      assertThat(allAtOnce(gateway, 2)).isEmpty();
    }
    assertThat(notices).hasSize(1).first().asString().contains("loading its model");
  }

  @Test
  void a_time_out_is_tried_once_more_and_then_names_the_option() {
    try (ModelGateway gateway =
        gateway(
            new Patience(
                3,
                Duration.ofMillis(2),
                Duration.ofMillis(8),
                Duration.ofMillis(400),
                Duration.ofMillis(400),
                Duration.ofMillis(100),
                Duration.ofSeconds(4),
                8,
                10,
                Duration.ofMillis(30)),
            r -> {
              try {
                Thread.sleep(60_000);
              } catch (InterruptedException e) {
                throw new ModelException(Kind.CANCELLED, "interrupted", null, e);
              }
              return answer("late", 1, 1);
            })) {
      ModelException e = failure(gateway);
      assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(e).hasMessageContaining("100 ms").hasMessageContaining("--timeout");
      assertThat(sentAt).hasSize(2);
      assertThat(gateway.spent().calls()).as("both may be billed").isEqualTo(2);
    }
  }

  @Test
  void a_servers_own_time_out_is_no_time_out_of_ours() {
    ModelException e504 =
        new ModelException(
            Kind.TIMEOUT, "504", "", null, EndpointReply.of(504, "<h1>504</h1>"), null);
    try (ModelGateway gateway =
        gateway(
            PATIENCE,
            r -> {
              throw e504;
            })) {
      assertThat(failure(gateway)).isSameAs(e504);
      assertThat(gateway.spent()).isEqualTo(new Spend(0, 4, 0, 0, 0));
    }
  }

  private static ModelException failure(ModelGateway gateway) {
    return catchThrowableOfType(ModelException.class, () -> gateway.complete(request("a")));
  }
}
