package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTableTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-4o",
        "azure/gpt-4o",
        "openrouter/openai/gpt-4o",
        "gpt-4o-2024-11-20",
        "gpt-4o-latest"
      })
  void providers_before_and_versions_after_a_name_do_not_matter(String name) {
    assertThat(PriceTable.bundled().usd(name, 1_000_000, 100_000)).hasValue(2.5 + 1.0);
  }

  @Test
  void a_version_with_a_price_of_its_own_has_that() {
    assertThat(PriceTable.bundled().usd("azure/gpt-4o-2024-05-13", 1_000_000, 0)).hasValue(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "ollama/deepseek-r1", "ollama/gpt-4o", "gpt-4o-ours"})
  void unknown_and_own_models_have_no_price(String name) {
    assertThat(PriceTable.bundled().usd(name, 1, 1)).isEmpty();
  }

  @Test
  void the_sandbox_costs_nothing() throws ModelException {
    for (ModelRole role : ModelRole.values()) {
      ChatRequest request = ModelNames.sandbox().named(ChatRequest.of(role, "", "", "hi", 0));
      assertThat(PriceTable.bundled().usd(request.model(), 1000, 1000)).hasValue(0);
    }
  }

  @Test
  void what_openrouter_gives_away_costs_nothing() {
    assertThat(PriceTable.bundled().usd("openrouter/qwen/qwen3-8b:free", 1000, 1000)).hasValue(0);
    assertThat(PriceTable.bundled().usd("qwen/qwen3-8b", 1000, 1000)).isEmpty();
  }

  @Test
  void cached_tokens_have_their_own_price_where_the_file_gives_one() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("prices.json"),
            """
            {"usd_per_million_tokens": {"m": {"input": 2, "output": 10, "cached_input": 0.5},
                                        "n": {"input": 2, "output": 10}}}""");
    PriceTable prices = PriceTable.bundled().with(file);
    Usage usage = new Usage(1_000_000, 100_000, 600_000, 0, false);

    assertThat(prices.usd("m", usage)).isEqualTo(0.8 + 0.3 + 1.0);
    assertThat(prices.usd("n", usage)).isEqualTo(2.0 + 1.0);
  }

  @Test
  void what_the_endpoint_says_that_a_call_cost_is_believed_where_it_is_more() {
    PriceTable prices = PriceTable.bundled();
    assertThat(prices.usd("gpt-4o", new Usage(1_000_000, 0, 0, 3.5, false))).isEqualTo(3.5);
    assertThat(prices.usd("gpt-4o", new Usage(1_000_000, 0, 0, 0.1, false))).isEqualTo(2.5);
    assertThat(prices.usd("no-such-model", new Usage(1, 1, 0, 0.1, false))).isEqualTo(0.1);
  }

  @Test
  void a_file_overrides_and_adds() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("prices.json"),
            """
            {"usd_per_million_tokens": {"gpt-4o": {"input": 1, "output": 2},
                                        "ollama/llama3": {"input": 0, "output": 0}}}""");
    PriceTable prices = PriceTable.bundled().with(file);

    assertThat(prices.usd("azure/gpt-4o", 1_000_000, 0)).hasValue(1);
    assertThat(prices.usd("ollama/llama3", 1_000_000, 0)).hasValue(0);
    assertThat(prices.usd("gpt-5", 1_000_000, 0)).hasValue(1.25);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "no json",
        "{\"usd_per_million_tokens\": {}}",
        "{\"usd_per_million_tokens\": {\"m\": {\"input\": -1, \"output\": 1}}}",
        "{\"usd_per_million_tokens\": {\"m\": {\"input\": 1}}}",
        "{\"usd_per_million_tokens\": {\"m\": {\"input\": 1, \"output\": 1, \"cached_input\": -1}}}",
        "{\"usd_per_million_tokens\": {\"m\": {\"input\": \"NaN\", \"output\": 1}}}",
        "{\"usd_per_million_tokens\": {\"m\": {\"input\": 1e300, \"output\": 1}}}"
      })
  void a_file_that_is_no_table_is_a_clear_error(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("prices.json"), content);

    assertThatThrownBy(() -> PriceTable.bundled().with(file))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-3004")
        .hasMessageContaining("prices.json");
  }
}
