package dev.lightningbridge.model;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.lightningbridge.model.ModelException.Kind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an endpoint can do to a gateway: each ends in success or in a typed failure. */
@Timeout(60)
class ModelFaultsTest {
  private static final int RETRIES = 2;
  private static final Limits LIMITS = new Limits(50L, 200_000L, 1.0);
  private static final Patience PATIENCE =
      new Patience(
          RETRIES,
          Duration.ofMillis(2),
          Duration.ofMillis(8),
          Duration.ofMillis(50),
          Duration.ofMillis(50),
          Duration.ofMillis(1500),
          Duration.ofSeconds(20),
          8,
          10,
          Duration.ofMillis(200));

  private static final WireMockServer server =
      new WireMockServer(
          options().dynamicPort().bindAddress("127.0.0.1").containerThreads(60).gzipDisabled(true));

  static Stream<EndpointFault> faults() {
    return EndpointFault.all();
  }

  static Stream<EndpointFault> passing() {
    return EndpointFault.all().filter(EndpointFault::passes);
  }

  private final List<CallListener.FinishedCall> finished = new CopyOnWriteArrayList<>();
  private final List<String> notices = new CopyOnWriteArrayList<>();

  private final CallListener listener =
      new CallListener() {
        @Override
        public void finished(FinishedCall call) {
          finished.add(call);
        }

        @Override
        public void notice(String sentence) {
          notices.add(sentence);
        }
      };

  @BeforeAll
  static void start() {
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @BeforeEach
  void reset() {
    server.resetAll();
  }

  private OpenAiUpstream upstream() {
    return OpenAiUpstream.at(server.baseUrl() + "/v1").build();
  }

  private ModelGateway gateway(ChatModel upstream, Limits limits) {
    return ModelGateway.before(upstream)
        .limits(limits)
        .patience(PATIENCE)
        .random(new Random(1))
        .listener(listener)
        .build();
  }

  private static int received() {
    return server
        .countRequestsMatching(postRequestedFor(urlEqualTo("/v1/chat/completions")).build())
        .getCount();
  }

  private static ModelException failure(ModelGateway gateway) {
    return catchThrowableOfType(
        ModelException.class, () -> gateway.complete(ScriptedModel.request("hi")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_fault_that_lasts_ends_in_its_own_failure_or_in_success(EndpointFault fault)
      throws ModelException {
    server.stubFor(any(anyUrl()).willReturn(fault.response()));
    try (OpenAiUpstream upstream = upstream();
        ModelGateway gateway = gateway(upstream, LIMITS)) {
      if (fault.end() == null) {
        assertThat(gateway.complete(ScriptedModel.request("hi")).text()).isNotEmpty();
        assertThat(gateway.spent().completionTokens()).isPositive();
        assertThat(received()).isEqualTo(1);
      } else {
        ModelException e = failure(gateway);
        assertThat(e.kind()).isEqualTo(fault.end());
        assertThat(e.getMessage()).isNotBlank();
        assertThat(received()).as("retries are bounded").isEqualTo(1 + repeats(fault.end()));
        assertThat(e.kind().agentsFault())
            .as("only a refusal and a prompt too long may become a zero")
            .isEqualTo(fault.end() == Kind.REFUSED || fault.end() == Kind.CONTEXT_TOO_LONG);
      }
      assertThat(sent(gateway)).as("every request counts").isEqualTo(received());
      assertThat(finished).hasSize(1);
      assertThat(finished.getFirst().failure()).isEqualTo(fault.end());
    }
  }

  private static int repeats(Kind kind) {
    return switch (kind) {
      case TIMEOUT, REFUSED -> 1;
      case RATE_LIMITED -> 2 * RETRIES;
      default -> kind.retryable() ? RETRIES : 0;
    };
  }

  private static long sent(ModelGateway gateway) {
    return gateway.spent().calls() + gateway.spent().turnedDown();
  }

  @ParameterizedTest
  @MethodSource("passing")
  void a_fault_that_passes_ends_in_success(EndpointFault fault) throws ModelException {
    server.stubFor(
        any(anyUrl())
            .inScenario("passing")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(fault.response())
            .willSetStateTo("well"));
    server.stubFor(
        any(anyUrl())
            .inScenario("passing")
            .whenScenarioStateIs("well")
            .willReturn(okJson(EndpointFault.answer("well again"))));
    try (OpenAiUpstream upstream = upstream();
        ModelGateway gateway = gateway(upstream, LIMITS)) {
      assertThat(gateway.complete(ScriptedModel.request("hi")).text()).isEqualTo("well again");
      assertThat(sent(gateway)).isEqualTo(2);
      assertThat(gateway.spent().tokens()).isGreaterThanOrEqualTo(10);
    }
  }

  @ParameterizedTest
  @MethodSource("passing")
  void no_fault_makes_the_gateway_pay_for_more_than_its_limit(EndpointFault fault) {
    server.stubFor(any(anyUrl()).willReturn(fault.response()));
    try (OpenAiUpstream upstream = upstream();
        ModelGateway gateway = gateway(upstream, new Limits(1L, null, null))) {
      failure(gateway);
      boolean free = gateway.spent().calls() == 0;
      assertThat(failure(gateway).kind()).isEqualTo(free ? fault.end() : Kind.BUDGET_EXHAUSTED);
      assertThat(gateway.spent().calls()).isEqualTo(free ? 0 : 1);
      assertThat(sent(gateway)).isGreaterThanOrEqualTo(received());
    }
  }

  @Test
  void answers_without_usage_are_charged_by_estimate_and_a_limit_of_tokens_holds()
      throws ModelException {
    String text = "y".repeat(3_000);
    String body = "{\"choices\": [{\"message\": {\"content\": \"%s\"}}]}".formatted(text);
    server.stubFor(any(anyUrl()).willReturn(okJson(body)));
    Limits limits = new Limits(null, 10_000L, null);
    try (OpenAiUpstream upstream = upstream();
        ModelGateway gateway = gateway(upstream, limits)) {
      assertThat(gateway.complete(ScriptedModel.request("hi")).usage().estimated()).isTrue();
      assertThat(gateway.spent().completionTokens()).isGreaterThanOrEqualTo(1_000);
      ModelException end = null;
      for (int i = 0; end == null && i < 20; i++) {
        end = failure(gateway);
      }
      assertThat(end).isNotNull();
      assertThat(end.kind()).isEqualTo(Kind.BUDGET_EXHAUSTED);
      assertThat(gateway.spent().tokens()).isBetween(5_000L, 10_000L);
    }
  }

  @Test
  void waits_double_up_to_a_ceiling_and_half_of_each_is_random() {
    List<Long> bounds = new CopyOnWriteArrayList<>();
    Random recording =
        new Random(1) {
          @Override
          public long nextLong(long bound) {
            bounds.add(bound);
            return super.nextLong(bound);
          }
        };
    server.stubFor(any(anyUrl()).willReturn(EndpointFault.error(503, "later")));
    try (OpenAiUpstream upstream = upstream();
        ModelGateway gateway =
            ModelGateway.before(upstream)
                .patience(PATIENCE.withRetries(5))
                .random(recording)
                .build()) {
      assertThat(failure(gateway).kind()).isEqualTo(Kind.SERVER_ERROR);
    }
    // Of waits of 2, 4, 8, 8 and 8 ms: the bound is exclusive.
    assertThat(bounds).containsExactly(2L, 3L, 5L, 5L, 5L);
  }

  @Test
  void the_circuit_opens_says_so_and_spares_the_endpoint() {
    server.stubFor(any(anyUrl()).willReturn(EndpointFault.error(503, "down")));
    try (OpenAiUpstream upstream = upstream();
        ModelGateway gateway =
            ModelGateway.before(upstream)
                .patience(PATIENCE.withRetries(0).withCircuitPause(Duration.ofMinutes(1)))
                .listener(listener)
                .build()) {
      for (int i = 0; i < 10; i++) {
        assertThat(failure(gateway).kind()).isEqualTo(Kind.SERVER_ERROR);
      }
      for (int i = 0; i < 20; i++) {
        ModelException open = failure(gateway);
        assertThat(open.kind()).isEqualTo(Kind.CIRCUIT_OPEN);
        assertThat(open.kind().agentsFault()).isFalse();
      }
      assertThat(received()).isEqualTo(10);
      assertThat(notices).hasSize(1).first().asString().contains("nothing is sent");
    }
  }

  @Test
  void a_call_outlasts_an_outage_that_opened_the_circuit() throws ModelException {
    server.stubFor(any(anyUrl()).willReturn(EndpointFault.error(503, "down")));
    try (OpenAiUpstream upstream = upstream();
        ModelGateway gateway = gateway(upstream, LIMITS)) {
      while (notices.isEmpty()) {
        failure(gateway);
      }
      server.resetAll();
      server.stubFor(any(anyUrl()).willReturn(okJson(EndpointFault.answer("well"))));

      assertThat(gateway.complete(ScriptedModel.request("hi")).text()).isEqualTo("well");
      assertThat(notices.getLast()).contains("answers again");
    }
  }

  @Test
  void a_clock_that_jumped_does_not_keep_a_call_from_its_answer() throws ModelException {
    server.stubFor(
        any(anyUrl())
            .inScenario("jump")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(
                EndpointFault.error(429, "later")
                    .withHeader("Retry-After", "Thu, 01 Jan 2026 00:00:00 GMT"))
            .willSetStateTo("well"));
    server.stubFor(
        any(anyUrl())
            .inScenario("jump")
            .whenScenarioStateIs("well")
            .willReturn(okJson(EndpointFault.answer("well"))));
    for (Duration jump : List.of(Duration.ofDays(-36_500), Duration.ofDays(36_500))) {
      server.resetScenarios();
      Clock jumping = Clock.offset(Clock.systemUTC(), jump);
      try (OpenAiUpstream upstream =
              OpenAiUpstream.at(server.baseUrl() + "/v1").clock(jumping).build();
          ModelGateway gateway = gateway(upstream, LIMITS)) {
        assertThat(gateway.complete(ScriptedModel.request("hi")).text()).isEqualTo("well");
      }
    }
  }

  private static TwiceAnsweringServer twice() throws IOException {
    return new TwiceAnsweringServer(
        request -> EndpointFault.answer(request.at("/messages/0/content").asText()));
  }

  @Test
  void an_answer_sent_twice_is_not_taken_for_the_next_calls() throws Exception {
    try (TwiceAnsweringServer twice = twice();
        OpenAiUpstream upstream = OpenAiUpstream.at(twice.baseUrl()).build();
        ModelGateway gateway = gateway(upstream, LIMITS)) {
      for (int i = 0; i < 20; i++) {
        assertThat(gateway.complete(ScriptedModel.request("call " + i)).text())
            .isEqualTo("call " + i);
      }
    }
  }
}
