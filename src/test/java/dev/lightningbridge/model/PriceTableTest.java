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
