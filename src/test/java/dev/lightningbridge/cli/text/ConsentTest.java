package dev.lightningbridge.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.runs.request.ModelAccess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentTest {
  private static final ModelAccess PAID = endpoint("https://api.openai.com/v1");

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private int asked;

  private static ModelAccess endpoint(String url) {
    return new ModelAccess.Endpoint(url, "OPENAI_API_KEY", null, null);
  }

  private boolean given(
      ModelAccess access,
      Limits limits,
      boolean yes,
      boolean terminal,
      @Nullable String answer,
      @Nullable Double usd) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Consent(
            new Console(stream, stream),
            terminal,
            () -> {
              asked++;
              return answer;
            })
        .given(access, limits, yes, () -> new Consent.Cost(470, usd));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "y, true",
        "YES, true",
        "' y ', true",
        "n, false",
        "'', false",
        "sure, false",
        "null, false"
      })
  void on_a_terminal_a_paid_endpoint_without_a_limit_is_asked_for(
      @Nullable String answer, boolean agreed) {
    assertThat(given(PAID, Limits.NONE, false, true, answer, 1.2)).isEqualTo(agreed);
    assertThat(said())
        .startsWith("About 470 calls, about 1.20 USD, no limit was given. Go on? [y/N] ");
    assertThat(said().contains("No model was called")).isEqualTo(!agreed);
  }

  @Test
  void nobody_is_asked_with_a_limit_or_yes_or_where_nothing_is_to_pay() {
    ModelAccess here = endpoint("http://127.0.0.1:11434/v1");
    assertThat(given(PAID, new Limits(9L, null, null), false, true, "n", 1.2)).isTrue();
    assertThat(given(PAID, Limits.NONE, true, true, "n", 1.2)).isTrue();
    assertThat(given(PAID, Limits.NONE, false, true, "n", 0.0)).isTrue();
    assertThat(given(here, Limits.NONE, false, true, "n", null)).isTrue();
    assertThat(given(new ModelAccess.Sandbox(0, 0, "careful"), Limits.NONE, false, true, "n", 1.2))
        .isTrue();
    assertThat(asked).isZero();
    assertThat(said()).isEmpty();
  }

  @Test
  void an_unknown_price_elsewhere_and_a_known_one_here_are_asked_for() {
    assertThat(given(PAID, Limits.NONE, false, true, "n", null)).isFalse();
    assertThat(said()).contains("at a price that is not known");
    assertThat(given(endpoint("http://localhost:4000/v1"), Limits.NONE, false, true, "n", 0.4))
        .isFalse();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void without_a_terminal_it_warns_and_goes_on() {
    assertThat(given(PAID, Limits.NONE, false, false, "n", 1.2)).isTrue();
    assertThat(asked).isZero();
    assertThat(said())
        .contains("About 470 calls, about 1.20 USD, and no limit was given", "--max-usd");
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
