package dev.lightningbridge.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The forms of files that can be imported. */
public enum ImportFormat {
  CSV,
  JSONL,
  CHAT,
  LANGFUSE,
  PROMPTFOO,
  OTLP;

  /** The names of the formats. */
  public static final String PATTERN = "^(auto|csv|jsonl|chat|langfuse|promptfoo|otlp)$";

  RowFormat rows() {
    return switch (this) {
      case CSV -> new CsvFormat();
      case JSONL -> JsonRows.plain();
      case CHAT -> Chat.format();
      case LANGFUSE -> new Langfuse();
      case PROMPTFOO -> new Promptfoo();
      case OTLP -> new Otlp();
    };
  }

  /** As it is called in {@code --format}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of that name.
   *
   * @throws BridgeException where there is none
   */
  public static ImportFormat of(String word) {
    return Stream.of(values())
        .filter(f -> f.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new BridgeException(
                    ImportError.OPTION_UNKNOWN,
                    "there is no format \"%s\"".formatted(word),
                    "--format",
                    "Formats are: auto, "
                        + String.join(", ", Stream.of(values()).map(ImportFormat::word).toList())
                        + "."));
  }

  /** What a text is, by what it begins with. */
  static ImportFormat guess(String start) {
    String text = start.stripLeading();
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return CSV;
    }
    Set<String> names = firstMembers(text);
    if (names.contains(OtlpSpan.ROOT) || names.contains(OtlpLog.ROOT)) {
      return OTLP;
    }
    if (Promptfoo.isMade(names)) {
      return PROMPTFOO;
    }
    if (Langfuse.isMade(names)) {
      return LANGFUSE;
    }
    return names.contains(Chat.MESSAGES) ? CHAT : JSONL;
  }

  /** The names of the first object's members, as far as its beginning shows them. */
  static Set<String> firstMembers(String start) {
    Set<String> names = new LinkedHashSet<>();
    try (JsonParser parser = Json.mapper().createParser(start)) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY) {
        token = parser.nextToken();
      }
      while (token != null && token != JsonToken.END_OBJECT) {
        token = parser.nextToken();
        if (token == JsonToken.FIELD_NAME) {
          names.add(parser.currentName());
          parser.nextToken();
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      // The beginning ends in the middle of a value: what was seen until then counts.
    }
    return names;
  }
}
