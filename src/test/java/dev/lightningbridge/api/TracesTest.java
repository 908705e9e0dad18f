package dev.lightningbridge.api;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that sends its traces to a collector on loopback. */
@QuarkusTest
@WithTestResource(value = ServerLab.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@WithTestResource(value = TracesTest.Collector.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@Timeout(120)
class TracesTest {
  /** Takes what is sent to it as OTLP over HTTP. */
  public static final class Collector implements QuarkusTestResourceLifecycleManager {
    private static final WireMockServer SERVER =
        new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @Override
    public Map<String, String> start() {
      SERVER.start();
      SERVER.stubFor(any(anyUrl()).willReturn(ok()));
      return Map.of(
          "quarkus.otel.sdk.disabled", "false",
          "quarkus.otel.exporter.otlp.protocol", "http/protobuf",
          "quarkus.otel.exporter.otlp.endpoint", SERVER.baseUrl(),
          "quarkus.otel.bsp.schedule.delay", "200ms");
    }

    @Override
    public void stop() {
      SERVER.stop();
    }

    /** Texts in protobuf are there as they are. */
    static String received() {
      return SERVER.getAllServeEvents().stream()
          .map(e -> new String(e.getRequest().getBody(), StandardCharsets.ISO_8859_1))
          .collect(Collectors.joining("\n"));
    }
  }

  @Test
  void a_run_and_its_calls_are_spans_without_prompts_inputs_or_answers() throws Exception {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("limits", Map.of("calls", 300));
    String id = Server.start(run);
    JsonPath ended = Server.ended(id);
    assertThat(ended.getString("state")).isIn("held", "waiting_for_approval");
    Server.until(() -> Collector.received().contains("lightning_bridge.state"));

    String spans = Collector.received();
    assertThat(spans)
        .contains("lightning-bridge")
        .contains("lightning_bridge.run")
        .contains(id)
        .contains(ended.getString("state"))
        .contains("chat sandbox-worker")
        .contains("chat sandbox-critic")
        .contains("gen_ai.usage.input_tokens")
        .contains("POST /api/v1/runs");
    int calls = ended.getInt("result.calls");
    assertThat(count("chat sandbox-", spans)).isEqualTo(calls);

    SandboxTruth truth = SandboxTruth.ofSeed(7);
    assertThat(spans)
        .doesNotContain(truth.seedPrompt(SandboxDomain.TRIAGE).substring(0, 30))
        .doesNotContain("Ticket #")
        .doesNotContain("Return only one valid JSON")
        .doesNotContain(ServerLab.TOKEN);
  }

  private static int count(String text, String in) {
    Matcher matcher = Pattern.compile(Pattern.quote(text)).matcher(in);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }
}
