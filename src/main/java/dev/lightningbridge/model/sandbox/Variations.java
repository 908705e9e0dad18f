package dev.lightningbridge.model.sandbox;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Texts of the same build as a given one about other things: names of fields, greetings and short
 * lines stay, people, numbers and matters change.
 */
final class Variations {
  private static final Pattern FIELD = Pattern.compile("^(\\p{L}[\\p{L} ]{0,20}): ?(.*)$");
  private static final Pattern PERSON = Pattern.compile("(?i)from|name|customer|contact");
  private static final Pattern DIGIT = Pattern.compile("\\d");
  private static final Pattern LETTER = Pattern.compile("\\p{L}");
  private static final int LONG_LINE = 20;

  private final Generic generic;
  private final SplittableRandom random;

  Variations(Generic generic, SplittableRandom random) {
    this.generic = generic;
    this.random = random;
  }

  String of(String text) {
    String topic = generic.oneOf("topics", random);
    return text.lines().map(line -> line(line, topic)).collect(Collectors.joining("\n"));
  }

  private String line(String line, String topic) {
    var field = FIELD.matcher(line);
    if (field.matches()) {
      return field.group(1) + ": " + value(field.group(1), field.group(2), topic);
    }
    return line.length() < LONG_LINE ? numbers(line) : sentences(line, topic);
  }

  private String value(String name, String value, String topic) {
    if (PERSON.matcher(name).matches()) {
      return generic.oneOf("names", random) + " " + generic.oneOf("surnames", random);
    }
    return LETTER.matcher(value).find() ? topic : numbers(value);
  }

  /** A long line tells of the topic, of another matter, and gives the numbers that it had. */
  private String sentences(String line, String topic) {
    String digits = numbers(line.replaceAll("[^\\d ]+", "")).strip().replaceAll(" +", ", ");
    return "%s. Besides, %s%s."
        .formatted(
            topic.substring(0, 1).toUpperCase(Locale.ROOT) + topic.substring(1),
            generic.oneOf("topics", random),
            digits.isEmpty() ? "" : " (no. " + digits + ")");
  }

  private String numbers(String text) {
    return DIGIT.matcher(text).replaceAll(m -> String.valueOf(random.nextInt(1, 10)));
  }
}
