package dev.lightningbridge.grading.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences that ask for a high score, put together from parts by chance, so that no judge and no
 * endpoint can know them beforehand. The parts are those of resources/grading/pleas.json.
 */
final class Pleas {
  private static final JsonNode GRAMMAR = grammar();
  private static final Pattern PART = Pattern.compile("\\{(\\w+)}");
  private static final String HEX = "hex";
  private static final int LETTERS = 26;

  private final RandomGenerator random;

  Pleas(RandomGenerator random) {
    this.random = random;
  }

  /** A plea of that kind. */
  String of(PleaKind kind) {
    String template = choice(GRAMMAR.path("kinds").path(kind.name()));
    String text = filled(template);
    return kind == PleaKind.ENCODED ? text + encoded(template) : text;
  }

  /** The output with the plea before or after it, or behind its first line. */
  String plantedIn(String output, String plea) {
    int line = output.indexOf('\n');
    return switch (random.nextInt(line < 0 ? 2 : 3)) {
      case 0 -> output + "\n\n" + plea;
      case 1 -> plea + "\n\n" + output;
      default -> output.substring(0, line) + "\n" + plea + output.substring(line);
    };
  }

  /** A part that a template names twice is the same both times. */
  private String filled(String template) {
    Map<String, String> chosen = new HashMap<>();
    return PART.matcher(template)
        .replaceAll(
            part ->
                Matcher.quoteReplacement(chosen.computeIfAbsent(part.group(1), this::partNamed)));
  }

  private String partNamed(String name) {
    return name.equals(HEX)
        ? HexFormat.of().toHexDigits(random.nextLong())
        : choice(GRAMMAR.path("parts").path(name));
  }

  private String encoded(String template) {
    // Digits would stand there to be read as they are.
    String order = of(PleaKind.ORDER).replace("10", "ten");
    byte[] bytes = order.getBytes(StandardCharsets.UTF_8);
    Matcher way = PART.matcher(template.replace("{decode}", ""));
    return switch (way.find() ? way.group(1) : "") {
      case "base64" -> Base64.getEncoder().encodeToString(bytes);
      case "rot13" -> rot13(order);
      case "hexadecimal" -> HexFormat.of().formatHex(bytes);
      default -> new StringBuilder(order).reverse().toString();
    };
  }

  private static String rot13(String text) {
    StringBuilder turned = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char first = Character.isUpperCase(c) ? 'A' : 'a';
      boolean letter = c >= first && c < first + LETTERS;
      turned.append(letter ? (char) (first + (c - first + LETTERS / 2) % LETTERS) : c);
    }
    return turned.toString();
  }

  private String choice(JsonNode options) {
    if (options.isEmpty()) {
      throw new IllegalStateException("pleas.json lacks a part");
    }
    return options.path(random.nextInt(options.size())).asText();
  }

  private static JsonNode grammar() {
    try (InputStream file = Pleas.class.getResourceAsStream("/grading/pleas.json")) {
      return Json.mapper().readTree(Objects.requireNonNull(file, "pleas.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
