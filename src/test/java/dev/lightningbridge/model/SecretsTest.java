package dev.lightningbridge.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @TempDir Path folder;
  private final StringBuffer seen = new StringBuffer();
  private final Logger root = Logger.getLogger("");
  private final Level levelBefore = root.getLevel();
  private final Handler log =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          String source = String.valueOf(record.getLoggerName());
          if (source.contains("wiremock") || source.contains("jetty")) {
            return; // The endpoint's own log, where the key is no secret.
          }
          seen.append(record.getMessage()).append('\n');
          if (record.getThrown() != null) {
            see(record.getThrown());
          }
          if (record.getParameters() != null) {
            Stream.of(record.getParameters()).forEach(p -> seen.append(p).append('\n'));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    root.addHandler(log);
    root.setLevel(Level.ALL);
  }

  @AfterEach
  void listenNoMore() {
    root.removeHandler(log);
    root.setLevel(levelBefore);
  }

  private void see(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    seen.append(trace);
  }

  /** Of every kind that is found in environments, named as they are there. */
  private static Map<String, String> environment() {
    String[] names = {
      "OPENAI_API_KEY", "AZURE_OPENAI_KEY", "ANTHROPIC_API_KEY", "LITELLM_MASTER_KEY"
    };
    Map<String, String> environment = new TreeMap<>();
    for (int i = 0; i < 40; i++) {
      String prefix = new String[] {"sk-proj-", "sk-ant-", "", "eyJhbGciOi.", "gsk_"}[i % 5];
      environment.put(names[i % 4] + "_" + i, prefix + "planted" + i + "Zq8/+=_-" + i * 7919);
    }
    return environment;
  }

  @Test
  void of_forty_planted_keys_none_shows_in_texts_logs_journal_or_answers() throws Exception {
    WireMockServer echo =
        new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").globalTemplating(true));
    echo.start();
    // The worst endpoint: it repeats the key in its answers and in its errors.
    String said = "{{{request.headers.Authorization}}}{{{request.headers.api-key}}}";
    try (BridgeDatabase database = BridgeDatabase.open(BridgeHome.open(folder.resolve("home")))) {
      database.useTransaction(
          h ->
              h.execute(
                  "INSERT INTO runs (id, state, engine, camp_path, session_id, lineage_id,"
                      + " baseline_id, baseline_prompt, seed, sandbox, request_json, created_at)"
                      + " VALUES ('r', 'running', 'java', 'c', 's', 'l', 'b', 'p', 1, 1, '{}', 0)"));
      Map<String, String> environment = environment();
      int i = 0;
      for (String variable : environment.keySet()) {
        ApiKey key =
            i % 2 == 0
                ? ApiKey.fromEnvironment(environment, variable)
                : ApiKey.fromFile(
                    Files.writeString(folder.resolve("key" + i), environment.get(variable) + "\n"));
        int status = i % 3 == 0 ? 200 : i % 3 == 1 ? 401 : 500;
        echo.stubFor(
            any(anyUrl())
                .willReturn(
                    aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/json")
                        .withBody(
                            status == 200
                                ? "{\"choices\": [{\"message\": {\"content\": \"" + said + "\"}}]}"
                                : "{\"error\": {\"message\": \"bad key " + said + "\"}}")));
        try (OpenAiUpstream upstream =
                OpenAiUpstream.at(echo.baseUrl() + "/v1")
                    .key(key)
                    .keyHeader(i % 4 == 0 ? "api-key" : "Authorization")
                    .build();
            ModelGateway gateway =
                ModelGateway.before(upstream)
                    .journal(new SqliteCallJournal(database, "r", Clock.systemUTC()))
                    .patience(Patience.NONE)
                    .build();
            GatewayEndpoint endpoint = GatewayEndpoint.before(gateway).open()) {
          seen.append(key).append(upstream).append(gateway).append(endpoint.endpoint());
          try {
            seen.append(gateway.complete(ScriptedModel.request("call " + i)));
          } catch (ModelException e) {
            see(e);
          }
        }
        i++;
      }
      assertThat(echo.getAllServeEvents()).as("the keys were really sent").hasSize(40);
      assertThat(seen).contains("[key]");
      for (String secret : environment.values()) {
        assertThat(seen).doesNotContain(secret);
      }
    } finally {
      echo.stop();
    }
    try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String secret : environment().values()) {
          assertThat(bytes).doesNotContain(secret);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "line\nbreak", "schlüssel", "tab\there", "nul\u0000"})
  void what_is_no_key_is_refused_without_being_shown(String value) {
    assertThatThrownBy(() -> ApiKey.fromEnvironment(Map.of("K", value), "K"))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-3009")
        .hasMessageContaining("variable K")
        .hasMessageNotContaining(value);
  }

  @Test
  void a_key_file_inside_a_repository_is_refused() throws IOException {
    Files.createDirectories(folder.resolve("repo/.git"));
    Path inside = folder.resolve("repo/deep/key");
    Files.createDirectories(inside.getParent());
    Files.writeString(inside, "sk-inside");

    assertThatThrownBy(() -> ApiKey.fromFile(inside))
        .hasMessageContaining("LB-3003")
        .hasMessageContaining("repository")
        .hasMessageNotContaining("sk-inside");
  }

  @Test
  void a_key_file_that_is_missing_empty_large_or_binary_is_refused() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), " \n");
    Path large = Files.write(folder.resolve("large"), new byte[100_000]);
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    for (Path file : new Path[] {folder.resolve("missing"), empty, large, binary, folder}) {
      assertThatThrownBy(() -> ApiKey.fromFile(file))
          .isInstanceOf(BridgeException.class)
          .hasMessageContaining("LB-3003");
    }
  }

  @Test
  void surrounding_white_space_is_no_part_of_a_key() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "\n sk-abc \r\n");
    assertThat(ApiKey.fromFile(file).value()).isEqualTo("sk-abc");
    assertThat(ApiKey.fromEnvironment(Map.of("K", " "), "K").isPresent()).isFalse();
  }
}
