package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class SecretFormsTest {
  private static final String KEY = "sk-proj-planted/Zq8+=_-7919";

  private static Secrets key(String value) {
    return Secrets.of(ApiKey.fromEnvironment(Map.of("K", value), "K"), List.of(), List.of());
  }

  @Property(tries = 200)
  void in_base64_it_is_found_whatever_stands_before_and_after(
      @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 9) String before,
      @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 9) String after) {
    byte[] plain = (before + KEY + after).getBytes(StandardCharsets.US_ASCII);
    for (Base64.Encoder encoder :
        new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
      String text = encoder.encodeToString(plain);
      String redacted = key(KEY).redact("bad credentials: " + text);

      assertThat(redacted).contains("[key]");
      assertThat(redacted.length()).isLessThan(text.length());
    }
  }

  @Example
  void in_a_url_and_within_json_it_is_found() {
    String encoded = URLEncoder.encode(KEY, StandardCharsets.UTF_8);

    assertThat(key(KEY).redact("at /v1?key=" + encoded)).isEqualTo("at /v1?key=[key]");
    assertThat(key(KEY).redact("{\"k\": \"" + KEY.replace("/", "\\/") + "\"}"))
        .isEqualTo("{\"k\": \"[key]\"}");
  }

  @Example
  void an_answer_keeps_a_word_that_is_the_key_too_and_loses_only_what_no_text_holds_by_chance()
      throws Exception {
    String json =
        """
        {"choices":[{"message":{"content":"blue, content, %s"}}],"usage":{"prompt_tokens":3}}"""
            .formatted(KEY);
    for (String word : new String[] {"blue", "content", "choices", "uncharacteristically"}) {
      ObjectNode answer = (ObjectNode) Json.mapper().readTree(json);
      key(word).redactIn(answer);
      assertThat(answer).hasToString(json);
    }
    ObjectNode answer = (ObjectNode) Json.mapper().readTree(json);
    key(KEY).redactIn(answer);
    assertThat(answer).hasToString(json.replace(KEY, "[key]"));
  }

  @Example
  void a_secret_of_a_header_is_redacted_too_and_a_plain_value_is_not() {
    Secrets secrets =
        Secrets.of(ApiKey.NONE, List.of("tok-0123456789abcdef", "my-team"), List.of());

    assertThat(secrets.redact("my-team sent tok-0123456789abcdef")).isEqualTo("my-team sent [key]");
  }
}
