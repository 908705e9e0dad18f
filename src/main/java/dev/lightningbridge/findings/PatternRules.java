package dev.lightningbridge.findings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Patterns of a resource beside this class, one a line, whatever the case. {@code NAME = …} names a
 * part that later lines use as {@code {NAME}}; a line that begins with # is a comment.
 */
final class PatternRules {
  private static final Pattern NAMED = Pattern.compile("([A-Z]+) = (.*)");
  private static final int FLAGS =
      Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

  private PatternRules() {}

  static List<Pattern> of(String name) {
    Map<String, String> parts = new LinkedHashMap<>();
    List<Pattern> rules = new ArrayList<>();
    for (String line : lines(name)) {
      String rule = line;
      for (Map.Entry<String, String> part : parts.entrySet()) {
        rule = rule.replace("{" + part.getKey() + "}", "(?:" + part.getValue() + ")");
      }
      var named = NAMED.matcher(rule);
      if (named.matches()) {
        parts.put(named.group(1), named.group(2));
      } else {
        rules.add(Pattern.compile(rule, FLAGS));
      }
    }
    return List.copyOf(rules);
  }

  /** The resource's lines that say something. */
  static List<String> lines(String name) {
    try (InputStream in = PatternRules.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
