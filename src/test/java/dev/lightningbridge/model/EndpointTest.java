package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.lightningbridge.model.ModelException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an endpoint says with status 200, through the whole gateway. */
class EndpointTest {
  private static final Patience PATIENCE =
      new Patience(
          1,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          1_000,
          1_000,
          Duration.ofMillis(10));

  private static HttpServer server;
  private static volatile String type = "";
  private static volatile String body = "";
  private static final AtomicInteger calls = new AtomicInteger();

  @BeforeAll
  @BeforeContainer
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestMethod().equals("POST")) {
            calls.incrementAndGet();
          }
          exchange.getRequestBody().readAllBytes();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type);
          }
          exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  @AfterContainer
  static void stop() {
    server.stop(0);
  }

  static Stream<EndpointAnswer> answers() {
    return EndpointAnswer.all();
  }

  private static ChatAnswer answer(ModelRole role, String sentType, String sentBody)
      throws ModelException {
    type = sentType;
    body = sentBody;
    calls.set(0);
    ChatRequest request = ChatRequest.of(role, "m", "", "hi", 0);
    request.body().put("max_tokens", 2048);
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    CallJournal journal = CallJournal.inMemory();
    try (OpenAiUpstream upstream = OpenAiUpstream.at(url).build();
        ModelGateway gateway =
            ModelGateway.before(upstream).patience(PATIENCE).journal(journal).build()) {
      ChatAnswer answer = gateway.complete(request);
      try (ModelGateway resumed = ModelGateway.before(upstream).journal(journal).build()) {
        assertThat(resumed.complete(request).body())
            .as("the same when the run is resumed")
            .isEqualTo(answer.body());
      }
      return answer;
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void an_answer_is_the_models_own_words_or_a_failure_with_its_cause(EndpointAnswer sent)
      throws ModelException {
    if (sent.end() == null) {
      assertThat(answer(sent.role(), sent.type(), sent.body()).text()).isEqualTo(sent.text());
    } else {
      ModelException e =
          catchThrowableOfType(
              ModelException.class, () -> answer(sent.role(), sent.type(), sent.body()));
      assertThat(e.kind()).isEqualTo(sent.end());
      assertThat(e.getMessage()).isNotBlank();
      assertThat(e.remedy()).isNotBlank();
      assertThat(calls.get()).isEqualTo(1 + repeats(sent.end()));
    }
  }

  private static int repeats(Kind kind) {
    return switch (kind) {
      case REFUSED -> 1;
      case RATE_LIMITED -> 2;
      default -> kind.retryable() ? 1 : 0;
    };
  }

  @Property(tries = 400)
  void whatever_shape_an_answer_has_it_is_the_contents_text_or_no_fault_of_the_agent(
      @ForAll("shapes") ShapedAnswer shape) {
    ChatAnswer answer;
    try {
      answer = answer(ModelRole.WORKER, shape.type(), shape.body());
    } catch (ModelException e) {
      assertThat(e.kind().agentsFault()).isEqualTo(shape.declined() && e.kind() == Kind.REFUSED);
      assertThat(e.kind()).isNotIn(Kind.NETWORK, Kind.UNREACHABLE, Kind.TIMEOUT);
      return;
    }
    assertThat(shape.declined()).isFalse();
    assertThat(answer.text()).isEqualTo(shape.text()).isNotBlank();
  }

  @Provide
  Arbitrary<ShapedAnswer> shapes() {
    return ShapedAnswer.any();
  }
}
