package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.optimize.apo.PromptPart.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A prompt cut into the pieces that people write: headings, paragraphs, items, blocks and pairs of
 * example and answer. Put together again it is the prompt, character by character.
 */
final class PromptParts {
  private static final Pattern HEADING = Pattern.compile("#{1,6} .*|\\*\\*[^*]+\\*\\*:?|=+|-{3,}");
  private static final Pattern ITEM = Pattern.compile("(?:[-*•+]|\\d{1,3}[.)]|\\p{L}\\)) .*");
  private static final Pattern FENCE = Pattern.compile("(```+|~~~+).*");
  private static final Pattern TAG = Pattern.compile("<(\\p{L}[\\w:.-]*)(?:\\s[^>]*)?>.*");
  private static final Pattern LABELLED = Pattern.compile("(\\p{L}[\\p{L} ]{0,20}):(?: .*|$)");
  private static final Pattern ANSWER =
      Pattern.compile(
          "(?:answer|output|response|reply|result|label|expected|assistant|a)\\b.{0,20}",
          Pattern.CASE_INSENSITIVE);

  private PromptParts() {}

  /** The parts, in their order; none of an empty prompt. */
  static List<PromptPart> of(String prompt) {
    List<String> lines = List.of(prompt.split("(?<=\n)", -1));
    List<PromptPart> parts = new ArrayList<>();
    StringBuilder gap = new StringBuilder();
    int i = 0;
    while (i < lines.size()) {
      if (lines.get(i).isBlank()) {
        gap.append(lines.get(i));
        i++;
        continue;
      }
      int end = end(lines, i);
      String piece = String.join("", lines.subList(i, end));
      String text = piece.strip();
      int start = piece.indexOf(text);
      Kind kind = kind(lines, i, end, text);
      parts.add(new PromptPart(gap + piece.substring(0, start), text, kind));
      gap = new StringBuilder(piece.substring(start + text.length()));
      i = end;
    }
    return paired(parts);
  }

  /** The prompt of these parts; nothing before its first. */
  static String joined(List<PromptPart> parts) {
    return parts.stream().map(part -> part.gap() + part.text()).collect(Collectors.joining());
  }

  /**
   * The place of the first example, or of the heading right before it; the end if there is none.
   */
  static int examplesIn(List<PromptPart> parts) {
    int first = 0;
    while (first < parts.size() && !parts.get(first).isExample()) {
      first++;
    }
    boolean headed =
        first > 0 && first < parts.size() && parts.get(first - 1).kind() == Kind.HEADING;
    return headed ? first - 1 : first;
  }

  /** Where the part that begins in the line ends. */
  private static int end(List<String> lines, int first) {
    String line = lines.get(first).strip();
    Matcher fence = FENCE.matcher(line);
    if (fence.matches()) {
      return closing(lines, first, l -> l.strip().startsWith(fence.group(1)), first + 1);
    }
    Matcher tag = TAG.matcher(line);
    if (tag.matches()) {
      return closing(lines, first, l -> l.contains("</" + tag.group(1) + ">"), first);
    }
    if (line.startsWith("{") || line.equals("[")) {
      return balanced(lines, first);
    }
    if (HEADING.matcher(line).matches()) {
      return first + 1;
    }
    boolean item = ITEM.matcher(line).matches();
    int end = first + 1;
    while (end < lines.size() && goesOn(lines.get(end), item)) {
      end++;
    }
    return end;
  }

  private static boolean goesOn(String line, boolean item) {
    if (line.isBlank() || isBlock(line) || HEADING.matcher(line.strip()).matches()) {
      return false;
    }
    boolean another = ITEM.matcher(line.strip()).matches();
    return item ? Character.isWhitespace(line.charAt(0)) : !another;
  }

  private static boolean isBlock(String line) {
    return FENCE.matcher(line.strip()).matches()
        || TAG.matcher(line.strip()).matches()
        || line.startsWith("{");
  }

  private static int closing(List<String> lines, int first, Predicate<String> closes, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (closes.test(lines.get(i))) {
        return i + 1;
      }
    }
    return from > first ? lines.size() : first + 1;
  }

  private static int balanced(List<String> lines, int first) {
    int open = 0;
    for (int i = first; i < lines.size(); i++) {
      for (char c : lines.get(i).toCharArray()) {
        open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      }
      if (open <= 0) {
        return i + 1;
      }
    }
    return lines.size();
  }

  private static Kind kind(List<String> lines, int first, int end, String text) {
    String line = lines.get(first).strip();
    if (isBlock(line)) {
      return Kind.BLOCK;
    }
    if (HEADING.matcher(line).matches() || (text.endsWith(":") && end == first + 1)) {
      return Kind.HEADING;
    }
    return ITEM.matcher(line).matches() ? Kind.ITEM : Kind.PARAGRAPH;
  }

  /** An input and its answer are one part where a blank line stands between them. */
  private static List<PromptPart> paired(List<PromptPart> parts) {
    List<PromptPart> paired = new ArrayList<>();
    for (PromptPart part : parts) {
      PromptPart last = paired.isEmpty() ? null : paired.getLast();
      if (last != null && isAnswerTo(last, part)) {
        paired.removeLast();
        paired.add(new PromptPart(last.gap(), last.text() + part.gap() + part.text(), Kind.PAIR));
      } else {
        paired.add(part);
      }
    }
    return paired;
  }

  private static boolean isAnswerTo(PromptPart input, PromptPart answer) {
    Matcher first = LABELLED.matcher(firstLine(input));
    Matcher second = LABELLED.matcher(firstLine(answer));
    return input.kind() != Kind.PAIR
        && first.matches()
        && second.matches()
        && ANSWER.matcher(second.group(1)).matches()
        && !ANSWER.matcher(first.group(1)).matches();
  }

  private static String firstLine(PromptPart part) {
    return part.text().lines().findFirst().orElse("");
  }
}
