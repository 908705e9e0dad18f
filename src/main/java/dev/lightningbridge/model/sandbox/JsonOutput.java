package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An output that should be one flat JSON object. */
record JsonOutput(ObjectNode object) {
  private static final Pattern FLAT = Pattern.compile("\\{[^{}]*\\}");
  private static final String LIST_HEAD = "Here is my assessment:";
  private static final Pattern LIST = Pattern.compile(LIST_HEAD + "(\\n\\* [^\\n]*)+");

  /** Empty where the output is anything but one JSON object. */
  static Optional<JsonOutput> parse(String output) {
    try {
      return Json.mapper().readTree(output) instanceof ObjectNode object
          ? Optional.of(new JsonOutput(object))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The first object of at least two of these members in the text, or a list that replaces it. */
  static Optional<String> in(String text, Set<String> members) {
    Matcher objects = FLAT.matcher(text);
    while (objects.find()) {
      Optional<JsonOutput> parsed = parse(objects.group());
      if (parsed.isPresent()
          && members.stream().filter(parsed.get().object()::has).limit(2).count() == 2) {
        return Optional.of(objects.group());
      }
    }
    return Parsing.match(LIST, text).map(m -> m.group());
  }

  /** What a worker writes that should have written JSON and does not. */
  static String asList(ObjectNode object) {
    StringBuilder text = new StringBuilder(LIST_HEAD);
    object
        .properties()
        .forEach(
            m ->
                text.append("\n* ").append(m.getKey()).append(" - ").append(m.getValue().asText()));
    return text.toString();
  }

  boolean hasAll(Iterable<String> names) {
    for (String name : names) {
      if (!object.has(name)) {
        return false;
      }
    }
    return true;
  }

  /** The first of these members that is there; null where none is. */
  @Nullable JsonNode first(String... names) {
    return Stream.of(names).filter(object::has).findFirst().map(object::get).orElse(null);
  }

  /** Its text; empty where none is there. */
  String text(String... names) {
    JsonNode node = first(names);
    return node == null ? "" : node.asText();
  }
}
