package dev.lightningbridge.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bridge doctor --base-url}: the call with which a run begins, by itself. */
class DoctorEndpointTest {
  private static final String KEY = "sk-doctor-7f21c9aa";

  @TempDir Path folder;

  private final WireMockServer endpoint =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void start() {
    endpoint.start();
    endpoint.stubFor(
        any(anyUrl()).willReturn(okJson("{\"choices\": [{\"message\": {\"content\": \"OK\"}}]}")));
  }

  @AfterEach
  void stop() {
    endpoint.stop();
  }

  private int doctor(String... more) {
    out.reset();
    err.reset();
    List<String> words =
        new ArrayList<>(List.of("doctor", "--home", folder.resolve("home").toString()));
    words.addAll(List.of(more));
    return Bridge.run(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)),
        new Interrupts(),
        words.toArray(String[]::new));
  }

  private String url() {
    return "http://127.0.0.1:" + endpoint.port() + "/v1";
  }

  private JsonNode finding() throws IOException {
    for (JsonNode finding : Json.mapper().readTree(out.toByteArray()).path("findings")) {
      if (finding.path("name").asText().equals("endpoint")) {
        return finding;
      }
    }
    return Json.mapper().missingNode();
  }

  @Test
  void each_model_that_is_named_is_called_once_with_key_and_header() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), KEY);

    doctor(
        "--base-url",
        url(),
        "--key-file",
        key.toString(),
        "--header",
        "X-Team=blue",
        "--model",
        "m",
        "--judge-model",
        "j",
        "--json");

    endpoint.verify(
        2,
        postRequestedFor(anyUrl())
            .withHeader("Authorization", equalTo("Bearer " + KEY))
            .withHeader("X-Team", equalTo("blue")));
    assertThat(finding().path("ok").asBoolean()).isTrue();
    assertThat(finding().path("detail").asText())
        .contains("m (for agent, critic, editor)", "j (for judge)", "2 calls");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain(KEY);
  }

  @Test
  void what_cannot_work_is_told_with_its_code_and_what_to_do_and_no_key() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), KEY);
    endpoint.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(401)
                    .withBody("{\"error\": {\"message\": \"no such key " + KEY + "\"}}")));

    assertThat(doctor("--base-url", url(), "--key-file", key.toString(), "--json")).isEqualTo(6);

    assertThat(finding().path("ok").asBoolean(true)).isFalse();
    assertThat(finding().path("code").asText()).isEqualTo("LB-7130");
    assertThat(finding().path("detail").asText()).contains("answered 401", "no such key");
    assertThat(finding().path("remedy").asText()).isNotBlank();
    assertThat(out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8))
        .doesNotContain(KEY);
  }

  @Test
  void a_port_where_nobody_listens_is_said_to_a_person_in_words() {
    assertThat(doctor("--base-url", "http://127.0.0.1:1/v1")).isEqualTo(6);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "missing  endpoint", "connection refused by 127.0.0.1:1", "→ ", "Start the server");
  }

  @Test
  void options_of_an_endpoint_do_nothing_without_one_and_are_wrong_use() {
    assertThat(doctor("--judge-model", "j")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("LB-9001", "without --base-url no endpoint is called", "--judge-model");
    assertThat(doctor("--header", "X-A=b")).isEqualTo(2);
    assertThat(doctor("--judge-base-url", "http://127.0.0.1:1/v1")).isEqualTo(2);

    endpoint.verify(0, postRequestedFor(anyUrl()));
  }

  @Test
  void without_an_endpoint_it_looks_at_none() throws IOException {
    doctor("--json");

    assertThat(finding().isMissingNode()).isTrue();
    endpoint.verify(0, postRequestedFor(anyUrl()));
  }
}
