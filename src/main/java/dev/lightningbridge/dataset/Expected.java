package dev.lightningbridge.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The output wanted of a task. It is kept as it was written: a number with all of its digits. */
public sealed interface Expected {
  /** What holds JSON in the form that a plan keeps; a text is kept as it is. */
  String KEPT_JSON = "json";

  /** A text. */
  record Text(String text) implements Expected {
    @Override
    public String json() {
      return RawJson.quoted(text);
    }
  }

  /**
   * A number, compared by its value.
   *
   * @param text as it was written, such as 12.50 or 1e2
   */
  record Numeral(String text) implements Expected {
    public boolean hasValue(BigDecimal other) {
      return value().filter(value -> value.compareTo(other) == 0).isPresent();
    }

    /** Empty where its power of ten is beyond all reason. */
    Optional<BigDecimal> value() {
      try {
        return Optional.of(new BigDecimal(text));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    @Override
    public String json() {
      return text;
    }
  }

  /**
   * JSON with members: an object, or a list that stands in a list.
   *
   * @param text as it was written
   */
  record Structure(String text) implements Expected {
    @Override
    public String json() {
      return text;
    }
  }

  /** Any of these is right. */
  record AnyOf(List<Expected> accepted) implements Expected {
    public AnyOf {
      accepted = List.copyOf(accepted);
    }

    @Override
    public String text() {
      return json();
    }

    @Override
    public String json() {
      return accepted.stream().map(Expected::json).collect(Collectors.joining(",", "[", "]"));
    }
  }

  /** As a person or a model is shown it. */
  String text();

  /** As it stands in a file of tasks. */
  String json();

  /** Each output that is right; one, unless it is a list. */
  default List<Expected> alternatives() {
    return this instanceof AnyOf any ? any.accepted() : List.of(this);
  }

  /** A text that is wanted; null where there is none. */
  static @Nullable Expected ofText(@Nullable String text) {
    return text == null ? null : new Text(text);
  }

  /**
   * Of JSON as it was written: a text, a number, true or false, an object, or a list of these.
   *
   * @return empty where it is blank or holds nothing: no output could ever be right
   */
  static Optional<Expected> ofJson(String json) {
    return ExpectedJson.read(json);
  }

  /** Reads what {@link #kept} gave. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Expected ofKept(JsonNode kept) {
    return kept.isTextual()
        ? new Text(kept.textValue())
        : ofJson(kept.path(KEPT_JSON).asText())
            .orElseThrow(() -> new IllegalArgumentException("nothing expected: " + kept));
  }

  /** The form in which it is kept, from which no reader of JSON can take a digit. */
  @JsonValue
  default Object kept() {
    return this instanceof Text text ? text.text() : Map.of(KEPT_JSON, json());
  }
}
