package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
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
  private static final Pattern ESCAPED_LETTER = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

  private Examples() {}

  static List<Example> in(String text, World world) {
    List<Example> found = asJson(text);
    if (found.isEmpty()) {
      found = underHeadings(text);
    }
    if (found.isEmpty()) {
      String plain = unescape(text);
      found = world.knownIn(plain).map(d -> byHeader(d, plain)).orElse(List.of());
    }
    return found;
  }

  private static List<Example> asJson(String text) {
    List<Example> found = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      Transcript transcript = transcript(line);
      if (transcript.answered()) {
        found.add(transcript.asExample());
      } else if (!found.isEmpty()) {
        Example last = found.removeLast();
        found.add(
            new Example(
                last.input(), last.output(), last.around() + "\n" + transcript.everything(line)));
      }
    }
    return found;
  }

  private static Transcript transcript(String line) {
    Transcript transcript = new Transcript();
    if (line.startsWith("[") || line.startsWith("{")) {
      try {
        transcript.read(Json.mapper().readTree(line));
      } catch (JsonProcessingException e) {
        return new Transcript();
      }
    }
    return transcript;
  }

  /** The messages of one line of JSON. */
  private static final class Transcript {
    private final List<Conversation.Turn> turns = new ArrayList<>();

    void read(JsonNode node) {
      if (node.has("role") && node.has("content")) {
        turns.add(Conversation.Turn.of(node));
      } else if (node.has("attributes")) {
        readSpan(node.get("attributes"));
      } else {
        node.forEach(this::read);
      }
    }

    private void readSpan(JsonNode attributes) {
      for (String kind : List.of("gen_ai.prompt.", "gen_ai.completion.")) {
        for (int i = 0; attributes.has(kind + i + ".content"); i++) {
          String role = kind.contains("completion") ? "assistant" : "user";
          turns.add(
              new Conversation.Turn(
                  attributes.path(kind + i + ".role").asText(role),
                  attributes.get(kind + i + ".content").asText()));
        }
      }
    }

    private int lastAnswer() {
      for (int i = turns.size() - 1; i > 0; i--) {
        if (turns.get(i).role().equals("assistant")) {
          return i;
        }
      }
      return -1;
    }

    /** Whether it is a run of the agent, and not a grader's request. */
    boolean answered() {
      return lastAnswer() > 0
          && turns.stream().noneMatch(t -> t.instructs() && Part.JUDGE.isToldBy(t.text()));
    }

    Example asExample() {
      int answer = lastAnswer();
      return new Example(
          turns.get(answer - 1).text(),
          turns.get(answer).text(),
          text(turns.subList(answer + 1, turns.size())));
    }

    /** What a line that is no run says: a grader's verdict, or the line itself. */
    String everything(String line) {
      return turns.isEmpty()
          ? line
          : text(turns.stream().filter(t -> t.role().equals("assistant")).toList());
    }

    private static String text(List<Conversation.Turn> turns) {
      return String.join("\n", turns.stream().map(Conversation.Turn::text).toList());
    }
  }

  private static List<Example> underHeadings(String text) {
    List<Example> found = new ArrayList<>();
    List<MatchResult> headings = HEADING.matcher(text).results().toList();
    String input = "";
    for (int i = 0; i < headings.size(); i++) {
      int end = i + 1 < headings.size() ? headings.get(i + 1).start() : text.length();
      String body = text.substring(headings.get(i).end(), end).strip();
      String name = headings.get(i).group(1).toLowerCase(java.util.Locale.ROOT);
      if (name.startsWith("input")) {
        input = Sections.unfenced(body);
      } else if (name.contains("output") && !input.isEmpty()) {
        found.add(new Example(input, Sections.unfenced(body), ""));
      } else if (name.equals("feedback") && !found.isEmpty()) {
        Example last = found.removeLast();
        found.add(new Example(last.input(), last.output(), last.around() + "\n" + body));
      }
    }
    return found;
  }

  /** An input's first output counts; what is said after each of its places is about it. */
  private static List<Example> byHeader(KnownDomain domain, String text) {
    Map<String, Example> found = new LinkedHashMap<>();
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
            new Example(part.substring(0, end), output.orElse(""), around),
            (a, b) ->
                new Example(
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
            m ->
                java.util.regex.Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(m.group(1), 16))));
  }
}
