package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyChoiceTest {
  private static Optional<ProxyChoice> choice(String url, Map<String, String> environment) {
    return ProxyChoice.of(URI.create(url), environment);
  }

  @Test
  void the_scheme_of_the_address_names_the_variable() {
    Map<String, String> environment =
        Map.of("http_proxy", "http://plain:1", "HTTPS_PROXY", "http://secure:2");

    assertThat(choice("http://h/v1", environment))
        .contains(new ProxyChoice("http_proxy", "plain", 1, null));
    assertThat(choice("https://h/v1", environment))
        .contains(new ProxyChoice("HTTPS_PROXY", "secure", 2, null));
    assertThat(choice("https://h/v1", Map.of())).isEmpty();
    assertThat(choice("https://h/v1", Map.of("HTTPS_PROXY", " "))).isEmpty();
  }

  @Test
  void lower_case_goes_before_upper_case_and_the_schemes_own_before_the_one_for_all() {
    assertThat(
            choice("https://h", Map.of("https_proxy", "lower:1", "HTTPS_PROXY", "upper:1"))
                .orElseThrow()
                .host())
        .isEqualTo("lower");
    assertThat(
            choice("https://h", Map.of("all_proxy", "all:1", "HTTPS_PROXY", "own:1"))
                .orElseThrow()
                .host())
        .isEqualTo("own");
    assertThat(choice("http://h", Map.of("ALL_PROXY", "all:1")).orElseThrow().host())
        .isEqualTo("all");
  }

  @Test
  void a_proxy_may_be_written_without_scheme_and_port() {
    assertThat(choice("https://h", Map.of("HTTPS_PROXY", "proxy.example")))
        .contains(new ProxyChoice("HTTPS_PROXY", "proxy.example", 1080, null));
  }

  @Test
  void its_user_and_password_are_decoded_and_never_shown() {
    ProxyChoice choice =
        choice("https://h", Map.of("HTTPS_PROXY", "http://ann:s%40cret+1@proxy:3128"))
            .orElseThrow();

    // ann:s@cret+1
    assertThat(choice.authorization()).isEqualTo("Basic YW5uOnNAY3JldCsx");
    assertThat(choice).hasToString("the proxy proxy:3128 (HTTPS_PROXY)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"socks5://u:secret@h:1", "https://u:secret@h:1", "http://u:secret@ h", "http://"})
  void what_is_no_http_proxy_is_a_clear_error_without_the_password(String value) {
    assertThatThrownBy(() -> choice("https://h", Map.of("HTTPS_PROXY", value)))
        .hasMessageContaining("LB-3010")
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://api.example.com/v1  | api.example.com          | true
          https://api.example.com/v1  | EXAMPLE.com              | true
          https://api.example.com/v1  | .example.com             | true
          https://api.example.com/v1  | *.example.com            | true
          https://example.com/v1      | .example.com             | true
          https://notexample.com/v1   | example.com              | false
          https://api.example.com/v1  | other, example.com       | true
          https://api.example.com/v1  | other example.com        | true
          https://api.example.com./v1 | example.com              | true
          https://api.example.com/v1  | *                        | true
          https://api.example.com/v1  | api.example.com:443      | true
          https://api.example.com/v1  | api.example.com:8443     | false
          http://10.1.2.3:8000/v1     | 10.1.2.3                 | true
          http://10.1.2.3:8000/v1     | 10.1.0.0/16              | true
          http://10.2.2.3:8000/v1     | 10.1.0.0/16              | false
          http://10.2.2.3:8000/v1     | 10.0.0.0/33              | false
          http://10.2.2.3:8000/v1     | 0.0.0.0/0                | true
          http://127.0.0.1:8000/v1    | localhost,127.0.0.1      | true
          http://127.0.0.1:8000/v1    | 127.0.0.1:8000           | true
          http://127.0.0.1:8000/v1    | 127.0.0.1:9000           | false
          http://127.0.0.1:8000/v1    | 0.0.1                    | false
          http://[::1]:8000/v1        | ::1                      | true
          http://[::1]:8000/v1        | [::1]:8000               | true
          http://[fd00::5]:8000/v1    | fd00::/8                 | true
          http://localhost:8000/v1    | 127.0.0.1                | false
          """)
  void the_hosts_of_no_proxy_are_called_directly(String url, String list, boolean direct) {
    String variable = url.startsWith("https") ? "HTTPS_PROXY" : "http_proxy";

    assertThat(choice(url, Map.of(variable, "p:1", "NO_PROXY", list)).isEmpty()).isEqualTo(direct);
    assertThat(choice(url, Map.of(variable, "p:1", "no_proxy", list)).isEmpty()).isEqualTo(direct);
  }

  @Test
  void loopback_is_called_through_a_proxy_unless_no_proxy_names_it() {
    assertThat(choice("http://127.0.0.1:1/v1", Map.of("http_proxy", "p:1"))).isPresent();
  }
}
