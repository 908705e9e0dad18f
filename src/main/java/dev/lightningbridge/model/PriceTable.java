package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * USD per million tokens by model. A name is looked up as it stands, then without the providers
 * that LiteLLM and OpenRouter put before it ({@code azure/gpt-4o}), then without the date or
 * version after it ({@code gpt-4o-2024-11-20}). Models on one's own machines have no price, unless
 * a file gives them one.
 */
public final class PriceTable {
  private static final String BUNDLED = "/model/prices.json";
  private static final Set<String> SELF_HOSTED =
      Set.of("ollama", "ollama_chat", "vllm", "hosted_vllm", "lm_studio", "llamafile");

  /** What OpenRouter puts behind the names of models that cost nothing. */
  private static final String FREE = ":free";

  private static final Pattern VERSION =
      Pattern.compile("-(\\d{4}-\\d{2}-\\d{2}|\\d{8}|\\d{3}|latest)$");

  private final Map<String, Price> prices;

  private PriceTable(Map<String, Price> prices) {
    this.prices = Map.copyOf(prices);
  }

  private record Price(double input, double output, double cachedInput) {
    static final Price FREE = new Price(0, 0, 0);

    double of(Usage usage) {
      return ((usage.promptTokens() - usage.cachedTokens()) * input
              + usage.cachedTokens() * cachedInput
              + usage.completionTokens() * output)
          / 1_000_000;
    }
  }

  /** The table that comes with the program; its file names source and date. */
  public static PriceTable bundled() {
    try (InputStream in = PriceTable.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new IllegalStateException("missing from the program: " + BUNDLED);
      }
      return new PriceTable(read(Json.mapper().readTree(in), BUNDLED));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * This table with the file's prices over it. The file is JSON of the form {@code
   * {"usd_per_million_tokens": {"MODEL": {"input": 2.5, "output": 10}}}}; {@code "cached_input"} is
   * the price of what the endpoint had read before, and that of the input where it is not given.
   *
   * @throws BridgeException LB-3004 where it cannot be used
   */
  public PriceTable with(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Map<String, Price> merged = new HashMap<>(prices);
      merged.putAll(read(Json.mapper().readTree(in), file.toString()));
      return new PriceTable(merged);
    } catch (IOException e) {
      throw invalid("The file cannot be read as JSON", file.toString(), e);
    }
  }

  /** This table with models that cost nothing, as one's own do. */
  public PriceTable withFree(Collection<String> models) {
    Map<String, Price> merged = new HashMap<>(prices);
    models.forEach(model -> merged.put(model, Price.FREE));
    return new PriceTable(merged);
  }

  private static Map<String, Price> read(JsonNode root, String where) {
    JsonNode table = root.path("usd_per_million_tokens");
    if (!table.isObject() || table.isEmpty()) {
      throw invalid("There is no table usd_per_million_tokens", where, null);
    }
    Map<String, Price> prices = new HashMap<>();
    table.properties().forEach(e -> prices.put(e.getKey(), price(e.getKey(), e.getValue(), where)));
    return prices;
  }

  private static Price price(String model, JsonNode entry, String where) {
    double input = price(entry.path("input"), model, where);
    double output = price(entry.path("output"), model, where);
    JsonNode cached = entry.path("cached_input");
    return new Price(input, output, cached.isMissingNode() ? input : price(cached, model, where));
  }

  private static double price(JsonNode value, String model, String where) {
    if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= 1_000_000)) {
      throw invalid("A price is missing, negative or out of range", where + ", " + model, null);
    }
    return value.asDouble();
  }

  private static BridgeException invalid(String what, String where, @Nullable Throwable cause) {
    return new BridgeException(
        ModelError.PRICE_FILE_INVALID,
        what,
        where,
        "Write it as {\"usd_per_million_tokens\": {\"MODEL\": {\"input\": 2.5, \"output\": 10}}}.",
        cause);
  }

  public boolean knows(String model) {
    return find(model) != null;
  }

  /** What the tokens cost; empty where the model's price is not known. */
  public OptionalDouble usd(String model, long promptTokens, long completionTokens) {
    Price price = find(model);
    return price == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(price.of(new Usage(promptTokens, completionTokens, false)));
  }

  /**
   * What a call cost: by the table, or what the endpoint says itself where that is more; 0 where
   * neither is known.
   */
  double usd(String model, Usage usage) {
    Price price = find(model);
    return Math.max(price == null ? 0 : price.of(usage), usage.usd());
  }

  /** Insists on a price: without one a limit in USD means nothing. */
  void require(String model) {
    if (!knows(model)) {
      throw new BridgeException(
          ModelError.PRICE_UNKNOWN,
          "No price is known for the model, and there is a limit in USD",
          model,
          "Give its price in a file of prices, or limit calls or tokens instead.");
    }
  }

  private @Nullable Price find(String model) {
    Price found = exactOrUndated(model);
    String rest = model;
    while (found == null && rest.contains("/")) {
      int slash = rest.indexOf('/');
      if (SELF_HOSTED.contains(rest.substring(0, slash))) {
        return null;
      }
      rest = rest.substring(slash + 1);
      found = exactOrUndated(rest);
    }
    return found;
  }

  private @Nullable Price exactOrUndated(String name) {
    Price price = prices.get(name);
    if (price == null && name.endsWith(FREE)) {
      return Price.FREE;
    }
    return price != null ? price : prices.get(VERSION.matcher(name).replaceFirst(""));
  }
}
