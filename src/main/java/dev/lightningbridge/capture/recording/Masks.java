package dev.lightningbridge.capture.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.imports.SoundText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patterns of what is never stored. What they match is replaced by the mask's name in brackets,
 * such as {@code [email]}, in every text before it is written.
 */
public final class Masks {
  public static final Masks NONE = new Masks(Map.of());

  private final Map<String, Pattern> patterns;

  private Masks(Map<String, Pattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * Masks by their names.
   *
   * @param expressions Java's regular expressions
   * @param where what names them, for messages
   * @throws BridgeException where one is none
   */
  public static Masks of(Map<String, String> expressions, String where) {
    Map<String, Pattern> patterns = new LinkedHashMap<>();
    expressions.forEach(
        (name, expression) -> {
          try {
            patterns.put(name, Pattern.compile(expression));
          } catch (PatternSyntaxException e) {
            throw new BridgeException(
                CaptureError.SETTING_UNUSABLE,
                "the mask %s is no regular expression: %s".formatted(name, e.getDescription()),
                where + "." + name,
                "Write it as java.util.regex.Pattern takes it.",
                e);
          }
        });
    return new Masks(patterns);
  }

  /** The text as it may be stored. */
  public String masked(String text) {
    String masked = SoundText.of(text);
    for (Map.Entry<String, Pattern> mask : patterns.entrySet()) {
      masked =
          mask.getValue()
              .matcher(masked)
              .replaceAll(Matcher.quoteReplacement("[" + mask.getKey() + "]"));
    }
    return masked;
  }

  /** A copy with every text, also members' names, as it may be stored. */
  JsonNode masked(JsonNode node) {
    if (node.isTextual()) {
      return TextNode.valueOf(masked(node.textValue()));
    }
    if (node.isArray()) {
      ArrayNode items = Json.mapper().createArrayNode();
      node.forEach(item -> items.add(masked(item)));
      return items;
    }
    if (node.isObject()) {
      ObjectNode members = Json.mapper().createObjectNode();
      node.properties().forEach(m -> members.set(masked(m.getKey()), masked(m.getValue())));
      return members;
    }
    return node;
  }
}
