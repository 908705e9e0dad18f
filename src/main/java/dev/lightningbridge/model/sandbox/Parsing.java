package dev.lightningbridge.model.sandbox;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reading of the domains' inputs. */
final class Parsing {
  private Parsing() {}

  static Optional<MatchResult> match(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
  }

  /** The pattern's first group in the text. */
  static Optional<String> group(Pattern pattern, String text) {
    return match(pattern, text).map(m -> m.group(1).strip());
  }

  /** {@code 7.3.2026} as {@code 2026-03-07}; null for null. */
  static @Nullable String isoDate(@Nullable String dotted) {
    if (dotted == null) {
      return null;
    }
    String[] parts = dotted.split("\\.", -1);
    return parts.length == 3
        ? "%s-%2s-%2s".formatted(parts[2], parts[1], parts[0]).replace(' ', '0')
        : dotted;
  }
}
