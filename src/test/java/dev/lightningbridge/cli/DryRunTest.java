package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.demo.SampleDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --dry-run} from end to end: no call, no run. */
class DryRunTest {
  @TempDir static Path folder;
  private static Path camp;
  private static String session;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void aDatabase() {
    camp = folder.resolve("camp.db");
    session = SampleDatabase.create(camp, 7).sessions().get(0).id();
  }

  private int run(String command, String... more) {
    out.reset();
    List<String> all =
        new ArrayList<>(
            List.of(command, "--db", camp.toString(), "--session", session, "--dry-run"));
    all.addAll(List.of("--home", folder.resolve("home").toString()));
    all.addAll(List.of(more));
    return bridge(all);
  }

  private int bridge(List<String> args) {
    return Bridge.run(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)),
        new Interrupts(),
        args.toArray(String[]::new));
  }

  private JsonNode document() throws IOException {
    return Json.mapper().readTree(out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void it_tells_calls_tokens_and_money_in_parts_and_calls_nobody() throws IOException {
    try (ServerSocket endpoint = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      endpoint.setSoTimeout(1);
      String url = "http://127.0.0.1:%d/v1".formatted(endpoint.getLocalPort());
      assertThat(run("optimize", "--base-url", url, "--model", "gpt-4o", "--json")).isZero();

      JsonNode whole = document();
      assertThat(whole.path("calls").asLong()).isPositive();
      assertThat(whole.path("usd").asDouble()).isPositive();
      for (String part : List.of("judgeTest", "sealedTest")) {
        assertThat(whole.at("/" + part + "/calls").asLong())
            .isBetween(1L, whole.path("calls").asLong() - 1);
        assertThat(whole.at("/" + part + "/usd").asDouble())
            .isBetween(1e-9, whole.path("usd").asDouble());
      }
      assertThat(whole.at("/sealedTest/calls").asLong())
          .as("both prompts, each judged")
          .isEqualTo(4 * whole.path("test").asLong());

      assertThat(whole.at("/endpointCheck/calls").asLong()).as("one model").isEqualTo(1);
      long alone = whole.path("calls").asLong();
      assertThat(
              run(
                  "optimize",
                  "--base-url",
                  url,
                  "--model",
                  "gpt-4o",
                  "--judge-model",
                  "gpt-4o",
                  "--critic-model",
                  "gpt-4o-mini",
                  "--judge-base-url",
                  url + "/other",
                  "--json"))
          .isZero();
      assertThat(document().at("/endpointCheck/calls").asLong())
          .as("agent's, critic's, and the judge's at another address")
          .isEqualTo(3);
      assertThat(document().path("calls").asLong()).isEqualTo(alone + 2);

      assertThat(run("judge", "--base-url", url, "--judge-model", "gpt-4o", "--json")).isZero();
      assertThat(document().path("calls").asLong())
          .as("30 outputs twice, 30 with a plea, and the endpoint tried")
          .isEqualTo(document().path("outputs").asLong() + 30 + 30 + 1);
      assertThat(document().path("usd").asDouble()).isPositive();

      org.assertj.core.api.Assertions.assertThatThrownBy(endpoint::accept)
          .as("nobody called")
          .isInstanceOf(java.net.SocketTimeoutException.class);
    }
    out.reset();
    assertThat(
            bridge(List.of("runs", "list", "--json", "--home", folder.resolve("home").toString())))
        .isZero();
    assertThat(document().isArray() ? document() : document().path("runs")).isEmpty();
  }

  @Test
  void people_read_it_in_a_few_lines() {
    assertThat(run("optimize", "--base-url", "http://127.0.0.1:9/v1", "--model", "gpt-4o"))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("Without --dry-run this would take about ")
        .containsPattern("In all +[\\d,]+ calls, [\\d,]+ tokens, [\\d.]+ USD")
        .contains("for the sealed test", "to compare the judge with people")
        .contains("No model was called, and no run was kept.");

    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("limit of");

    assertThat(run("optimize", "--base-url", "http://127.0.0.1:9/v1", "--model", "ours")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("no price known");

    String[] endpoint = {"--base-url", "http://127.0.0.1:9/v1", "--model", "gpt-4o"};
    assertThat(
            run(
                "optimize",
                endpoint[0],
                endpoint[1],
                endpoint[2],
                endpoint[3],
                "--max-calls",
                "60"))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("It would end early, at the limit of 60 calls (--max-calls).");
  }
}
