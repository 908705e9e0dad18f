package dev.lightningbridge.dataset;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what is expected from JSON. */
final class ExpectedJson {
  private ExpectedJson() {}

  static Optional<Expected> read(String json) {
    return RawJson.isA(json, JsonToken.START_ARRAY) ? anyOf(json) : single(json);
  }

  private static Optional<Expected> anyOf(String json) {
    List<Expected> accepted = new ArrayList<>();
    for (String element : RawJson.elements(json)) {
      Optional<Expected> one = single(element);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      accepted.add(one.get());
    }
    return accepted.isEmpty() ? Optional.empty() : Optional.of(new Expected.AnyOf(accepted));
  }

  /** A number beyond any that can be compared is a text. */
  private static Expected number(String json) {
    Expected.Numeral number = new Expected.Numeral(json);
    return number.value().isPresent() ? number : new Expected.Text(json);
  }

  private static Optional<Expected> single(String json) {
    return switch (RawJson.kind(json)) {
      case VALUE_STRING ->
          Optional.of(RawJson.text(json)).filter(t -> !t.isBlank()).map(Expected.Text::new);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Optional.of(number(json));
      case VALUE_TRUE, VALUE_FALSE -> Optional.of(new Expected.Text(json));
      case START_OBJECT, START_ARRAY ->
          Optional.of(json).filter(RawJson::holdsSomething).map(Expected.Structure::new);
      default -> Optional.empty();
    };
  }
}
