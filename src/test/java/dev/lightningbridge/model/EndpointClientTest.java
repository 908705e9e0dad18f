package dev.lightningbridge.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.lightningbridge.model.ModelException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointClientTest {
  private static final String ANSWER = "{\"choices\": [{\"message\": {\"content\": \"hello\"}}]}";

  @TempDir static Path folder;
  private static Path trusted;
  private static WireMockServer server;

  @BeforeAll
  static void start() {
    Certificates certificates = new Certificates(folder);
    Path store = certificates.store("here", "-ext", "san=ip:127.0.0.1");
    trusted = certificates.pem(store);
    server = serving(store);
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  private static WireMockServer serving(Path store) {
    WireMockConfiguration options =
        options()
            .dynamicPort()
            .dynamicHttpsPort()
            .bindAddress("127.0.0.1")
            .keystorePath(store.toString())
            .keystoreType("PKCS12")
            .keystorePassword(Certificates.PASSWORD)
            .keyManagerPassword(Certificates.PASSWORD);
    WireMockServer server = new WireMockServer(options);
    server.start();
    server.stubFor(any(anyUrl()).willReturn(okJson(ANSWER)));
    return server;
  }

  private static String https(WireMockServer server) {
    return "https://127.0.0.1:%d/v1".formatted(server.httpsPort());
  }

  private static String call(String url, Map<String, String> environment) throws ModelException {
    try (OpenAiUpstream upstream = OpenAiUpstream.at(url).environment(environment).build()) {
      return upstream.complete(ScriptedModel.request("hi")).text();
    }
  }

  private static ModelException failure(String url, Map<String, String> environment) {
    return catchThrowableOfType(ModelException.class, () -> call(url, environment));
  }

  @ParameterizedTest
  @CsvSource({"SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR"})
  void a_companys_certificate_is_trusted_where_the_environment_names_it(String variable)
      throws ModelException {
    boolean folders = variable.endsWith("DIR");

    assertThat(
            call(
                https(server),
                Map.of(variable, (folders ? trusted.getParent() : trusted).toString())))
        .isEqualTo("hello");
  }

  @Test
  void http_2_is_spoken_where_the_server_offers_it_over_tls() throws ModelException {
    call(https(server), Map.of("SSL_CERT_FILE", trusted.toString()));

    assertThat(server.getAllServeEvents().getFirst().getRequest().getProtocol())
        .isEqualTo("HTTP/2.0");
  }

  @Test
  void a_self_signed_certificate_is_refused_with_what_can_be_done() {
    ModelException e = failure(https(server), Map.of());

    assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(e)
        .hasMessage(
            "%s/chat/completions was not reached: the certificate of 127.0.0.1:%d is not trusted:"
                    .formatted(https(server), server.httpsPort())
                + " it is self-signed (CN=here)");
    assertThat(e.remedy()).contains("SSL_CERT_FILE");
  }

  @ParameterizedTest
  @CsvSource({
    "old, it expired on, clock",
    "early, it is not valid before, clock",
    "elsewhere, No subject alternative names matching IP address 127.0.0.1, by a name"
  })
  void a_certificate_that_is_not_good_is_refused_for_its_own_reason(
      String name, String why, String remedy) {
    Certificates certificates = new Certificates(folder);
    String[] options =
        switch (name) {
          case "old" ->
              new String[] {"-ext", "san=ip:127.0.0.1", "-startdate", "-9d", "-validity", "5"};
          case "early" -> new String[] {"-ext", "san=ip:127.0.0.1", "-startdate", "+9d"};
          default -> new String[] {"-ext", "san=ip:127.0.0.9,dns:elsewhere.example"};
        };
    Path store = certificates.store(name, options);
    WireMockServer bad = serving(store);
    try {
      ModelException e =
          failure(https(bad), Map.of("SSL_CERT_FILE", certificates.pem(store).toString()));

      assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(e).hasMessageContaining(why);
      assertThat(e.remedy()).contains(remedy);
    } finally {
      bad.stop();
    }
  }

  @Test
  void certificates_that_are_not_there_are_a_clear_error() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "no certificate");
    for (Path bad : new Path[] {empty, folder.resolve("missing.pem")}) {
      assertThatThrownBy(() -> call(https(server), Map.of("SSL_CERT_FILE", bad.toString())))
          .hasMessageContaining("LB-3011")
          .hasMessageContaining("SSL_CERT_FILE")
          .hasMessageContaining(bad.toString());
    }
  }

  @Test
  void https_at_a_port_of_plain_http_is_told_so() {
    ModelException e = failure("https://127.0.0.1:%d/v1".formatted(server.port()), Map.of());

    assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(e).hasMessageContaining("does not speak https");
    assertThat(e.remedy()).contains("http://");
  }

  @Test
  void plain_http_goes_through_the_proxy_with_its_user_and_password() throws Exception {
    try (TunnelProxy proxy =
        new TunnelProxy(server.port(), "Proxy-Authorization: Basic dTpw", 407)) {
      assertThat(
              call(
                  "http://models.invalid/v1",
                  Map.of("http_proxy", "http://u:p@" + proxy.address())))
          .isEqualTo("hello");
      assertThat(proxy.heads.getFirst()).startsWith("POST http://models.invalid/v1/chat/");
    }
  }

  @Test
  void https_goes_through_the_proxys_tunnel_with_its_user_and_password_for_the_proxy_alone()
      throws Exception {
    try (TunnelProxy proxy =
        new TunnelProxy(server.httpsPort(), "Proxy-Authorization: Basic dTpw", 407)) {
      assertThat(
              call(
                  https(server),
                  Map.of(
                      "HTTPS_PROXY",
                      "http://u:p@" + proxy.address(),
                      "SSL_CERT_FILE",
                      trusted.toString())))
          .isEqualTo("hello");
      assertThat(proxy.heads.getFirst()).startsWith("CONNECT 127.0.0.1:");
      assertThat(server.getAllServeEvents().getFirst().getRequest().getAllHeaderKeys())
          .noneMatch(name -> name.equalsIgnoreCase("Proxy-Authorization"));
    }
  }

  @ParameterizedTest
  @CsvSource({"http, 407", "https, 407", "https, 403"})
  void a_proxy_that_refuses_is_named(String scheme, int status) throws Exception {
    try (TunnelProxy proxy = new TunnelProxy(server.port(), "never sent", status)) {
      ModelException e =
          failure(
              scheme + "://models.invalid/v1",
              Map.of(scheme + "_proxy", "http://u:secret@" + proxy.address()));

      assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(e)
          .hasMessageContaining(
              "through the proxy %s (%s_proxy)".formatted(proxy.address(), scheme))
          .hasMessageContaining("answered " + status)
          .hasMessageNotContaining("secret");
      assertThat(e.remedy()).contains(status == 407 ? "PASSWORD" : "NO_PROXY");
    }
  }

  @Test
  void a_proxy_that_is_not_there_is_named() {
    ModelException refused =
        failure("https://models.invalid/v1", Map.of("HTTPS_PROXY", "http://127.0.0.1:1"));
    assertThat(refused.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(refused)
        .hasMessageContaining("connection refused by the proxy")
        .hasMessageContaining("127.0.0.1:1 (HTTPS_PROXY)");

    assertThat(failure("http://h/v1", Map.of("http_proxy", "no-such-proxy.invalid:1")))
        .hasMessageContaining("the host of the proxy is not found");
  }

  @Test
  void a_server_of_ones_own_is_called_past_every_proxy() throws ModelException {
    try (OpenAiUpstream upstream =
        OpenAiUpstream.at("http://127.0.0.1:" + server.port())
            .environment(Map.of("ALL_PROXY", "http://127.0.0.1:1"))
            .direct()
            .build()) {
      assertThat(upstream.complete(ScriptedModel.request("hi")).text()).isEqualTo("hello");
    }
  }

  @Test
  void plain_http_where_the_server_speaks_tls_is_told_with_what_to_write() {
    ModelException e = failure("http://127.0.0.1:%d/v1".formatted(server.httpsPort()), Map.of());

    assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(e).hasMessageContaining("127.0.0.1:%d speaks TLS".formatted(server.httpsPort()));
    assertThat(e.remedy()).contains("Write https:// in --base-url");
  }

  @Test
  void plain_http_that_a_server_of_tls_never_answers_is_told_in_the_same_way() throws Exception {
    try (SilentTls silent = new SilentTls(server.httpsPort());
        OpenAiUpstream upstream =
            OpenAiUpstream.at(silent.url())
                .environment(Map.of())
                .timeout(Duration.ofSeconds(1))
                .build()) {
      ModelException e =
          catchThrowableOfType(
              ModelException.class, () -> upstream.complete(ScriptedModel.request("hi")));

      assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(e.remedy()).contains("Write https:// in --base-url");
    }
  }

  @Test
  void a_server_of_plain_http_that_closes_or_is_silent_is_not_taken_for_one_of_tls()
      throws Exception {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    try {
      assertThat(failure("http://127.0.0.1:%d/v1".formatted(server.port()), Map.of()).kind())
          .isEqualTo(Kind.NETWORK);
    } finally {
      server.stubFor(any(anyUrl()).willReturn(okJson(ANSWER)));
    }
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        OpenAiUpstream upstream =
            OpenAiUpstream.at("http://127.0.0.1:" + silent.getLocalPort())
                .environment(Map.of())
                .timeout(Duration.ofMillis(200))
                .build()) {
      assertThat(
              catchThrowableOfType(
                      ModelException.class, () -> upstream.complete(ScriptedModel.request("hi")))
                  .kind())
          .isEqualTo(Kind.TIMEOUT);
    }
  }

  @Test
  void a_closed_port_and_an_unknown_host_are_told_in_plain_words_at_once() {
    long start = System.nanoTime();
    ModelException refused = failure("http://127.0.0.1:1/v1", Map.of());
    ModelException unknown = failure("http://no-such-host.invalid/v1", Map.of());

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(refused.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(refused)
        .hasMessage(
            "http://127.0.0.1:1/v1/chat/completions was not reached: connection refused by"
                + " 127.0.0.1:1: nothing listens there");
    assertThat(refused.remedy()).isEqualTo("Start the server or check --base-url.");
    assertThat(unknown.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(unknown)
        .hasMessage(
            "http://no-such-host.invalid/v1/chat/completions was not reached: no host is named"
                + " no-such-host.invalid");
  }
}
