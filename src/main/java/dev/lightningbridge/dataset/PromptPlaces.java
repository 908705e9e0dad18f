package dev.lightningbridge.dataset;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The places {@code {{name}}} of a prompt. Values are put in literally and once: what a value holds
 * is no place. A place without a value stays as it stands.
 */
public final class PromptPlaces {
  private static final Pattern PLACE =
      Pattern.compile("\\{\\{\\s*([\\p{L}_][\\p{L}\\p{N}_.-]{0,60})\\s*}}");

  private PromptPlaces() {}

  /** Their names, in order. */
  public static Set<String> in(String prompt) {
    return PLACE
        .matcher(prompt)
        .results()
        .map(place -> place.group(1))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The prompt with these values. */
  public static String filled(String prompt, Map<String, String> values) {
    return PLACE
        .matcher(prompt)
        .replaceAll(
            place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
  }
}
