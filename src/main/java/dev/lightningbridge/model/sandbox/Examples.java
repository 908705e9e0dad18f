package dev.lightningbridge.model.sandbox;

import dev.lightningbridge.model.sandbox.requests.Sections;
import dev.lightningbridge.model.sandbox.requests.ShownExample;
import dev.lightningbridge.model.sandbox.requests.Transcript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the runs that a request shows: as lines of JSON (message lists, or spans with gen_ai
 * attributes), under headings, or as inputs of a known domain anywhere in the text.
 */
final class Examples {
  private static final Pattern HEADING =
      Pattern.compile(
          "(?m)^#{1,4} (Inputs?|Generated Outputs?|Outputs?|Feedback|Example \\d+).*$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern RUN =
      Pattern.compile("(?m)^##+ (?:Run|Experiment|Sample Run|Example)\\b.*$|^# .*$");
  private static final Pattern ESCAPED_LETTER = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

  private Examples() {}

  static List<ShownExample> in(String text, World world) {
    List<ShownExample> found = asJson(text);
    if (found.isEmpty()) {
      found = underHeadings(text);
    }
    if (found.isEmpty()) {
      String plain = unescape(text);
      found = world.knownIn(plain).map(d -> byHeader(d, plain)).orElse(List.of());
    }
    return found;
  }

  /**
   * Each part under a heading such as "Run 2" shows one run, or more where the agent made several
   * calls; what else stands in the part is about the last of them.
   */
  private static List<ShownExample> asJson(String text) {
    List<ShownExample> found = new ArrayList<>();
    for (String part : RUN.split(text, -1)) {
      List<ShownExample> here = new ArrayList<>();
      StringJoiner around = new StringJoiner("\n");
      for (String line : part.split("\n", -1)) {
        Transcript transcript = Transcript.of(line);
        if (transcript.isRun()) {
          here.add(transcript.asExample());
        } else {
          around.add(transcript.isEmpty() ? line : transcript.said());
        }
      }
      if (!here.isEmpty()) {
        here.add(here.removeLast().withMoreAround(around.toString()));
        found.addAll(here);
      }
    }
    return found;
  }

  private static List<ShownExample> underHeadings(String text) {
    List<ShownExample> found = new ArrayList<>();
    List<MatchResult> headings = HEADING.matcher(text).results().toList();
    String input = "";
    for (int i = 0; i < headings.size(); i++) {
      int end = i + 1 < headings.size() ? headings.get(i + 1).start() : text.length();
      String body = text.substring(headings.get(i).end(), end).strip();
      String name = headings.get(i).group(1).toLowerCase(Locale.ROOT);
      if (name.startsWith("input")) {
        input = Sections.unfenced(body);
      } else if (name.contains("output") && !input.isEmpty()) {
        found.add(new ShownExample(input, Sections.unfenced(body), ""));
      } else if (name.equals("feedback") && !found.isEmpty()) {
        found.add(found.removeLast().withMoreAround(body));
      }
    }
    return found;
  }

  /** An input's first output counts; what is said after each of its places is about it. */
  private static List<ShownExample> byHeader(KnownDomain domain, String text) {
    Map<String, ShownExample> found = new LinkedHashMap<>();
    List<MatchResult> headers = domain.header().matcher(text).results().toList();
    for (int i = 0; i < headers.size(); i++) {
      int next = i + 1 < headers.size() ? headers.get(i + 1).start() : text.length();
      String part = text.substring(headers.get(i).start(), next);
      int end = part.indexOf(domain.end());
      if (end >= 0) {
        String rest = part.substring(end + domain.end().length());
        Optional<String> output = domain.outputIn(rest);
        String around = output.map(o -> rest.replace(o, " ")).orElse(rest);
        found.merge(
            headers.get(i).group(),
            new ShownExample(part.substring(0, end), output.orElse(""), around),
            (a, b) ->
                new ShownExample(
                    a.input(),
                    a.output().isEmpty() ? b.output() : a.output(),
                    a.around() + "\n" + b.around()));
      }
    }
    return found.values().stream().filter(e -> !e.output().isEmpty()).toList();
  }

  /** Text that stands in JSON strings, up to three deep, as it was. */
  private static String unescape(String text) {
    String plain = text;
    for (int i = 0; i < 3 && (plain.contains("\\n") || plain.contains("\\\"")); i++) {
      plain = plain.replace("\\\\", "\\").replace("\\n", "\n").replace("\\\"", "\"");
    }
    return ESCAPED_LETTER
        .matcher(plain)
        .replaceAll(
            m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
  }
}
