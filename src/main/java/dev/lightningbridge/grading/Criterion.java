package dev.lightningbridge.grading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.dataset.Expected;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** One condition that an output meets or not. */
sealed interface Criterion {
  /** What the output does wrong, in words for the critic; empty where it meets the condition. */
  Optional<String> fault(ReadOutput output);

  /** The output is the text, but for white space at its ends, line endings and Unicode form. */
  record IsText(String expected) implements Criterion {
    @Override
    public Optional<String> fault(ReadOutput output) {
      return canonical(expected).equals(canonical(output.text()))
          ? Optional.empty()
          : Optional.of("expected exactly " + Excerpt.quoted(expected));
    }

    private static String canonical(String text) {
      return Normalizer.normalize(text.strip().replace("\r\n", "\n"), Normalizer.Form.NFC);
    }
  }

  /** The output is a number of the same value, but for white space at its ends. */
  record IsNumber(Expected.Numeral expected) implements Criterion {
    @Override
    public Optional<String> fault(ReadOutput output) {
      return PlainNumber.of(output.text().strip()).filter(expected::hasValue).isPresent()
          ? Optional.empty()
          : Optional.of("expected the number %s and nothing else".formatted(expected.text()));
    }
  }

  /** Among the numbers that the output holds is one of the same value. */
  record HoldsNumber(Expected.Numeral expected) implements Criterion {
    @Override
    public Optional<String> fault(ReadOutput output) {
      return PlainNumber.in(output.text()).anyMatch(expected::hasValue)
          ? Optional.empty()
          : Optional.of("lacks the number " + expected.text());
    }
  }

  /** The output holds the text, case ignored. */
  record HoldsText(String text) implements Criterion {
    @Override
    public Optional<String> fault(ReadOutput output) {
      return folded(output.text()).contains(folded(text))
          ? Optional.empty()
          : Optional.of("lacks " + Excerpt.quoted(text));
    }

    private static String folded(String text) {
      String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
      return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
  }

  /** The output holds a match of the pattern. */
  record HoldsMatch(Pattern pattern) implements Criterion {
    @Override
    public Optional<String> fault(ReadOutput output) {
      return BoundedMatch.find(pattern, output.text())
          ? Optional.empty()
          : Optional.of("has no match of " + Excerpt.quoted(pattern.pattern()));
    }
  }

  /** The output is JSON whose member at the path equals the value; numbers by their value. */
  record HoldsMember(List<String> path, JsonNode expected) implements Criterion {
    @Override
    public Optional<String> fault(ReadOutput output) {
      Optional<JsonNode> actual = output.json().map(json -> JsonMembers.at(json, path));
      if (actual.isEmpty()) {
        return Optional.of("the output is not one JSON value with nothing around it");
      }
      if (JsonMembers.equal(expected, actual.get())) {
        return Optional.empty();
      }
      return Optional.of(
          "%s should be %s %s"
              .formatted(
                  path.isEmpty() ? "the whole" : String.join(".", path),
                  Excerpt.of(expected.toString()),
                  actual.get().isMissingNode()
                      ? "and is missing"
                      : "and is " + Excerpt.of(actual.get().toString())));
    }
  }
}
