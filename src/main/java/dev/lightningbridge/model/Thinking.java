package dev.lightningbridge.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with the thinking at its beginning told apart, for servers that leave it in the answer:
 * what runs without a reasoning parser does. The marks are those of the parsers of vLLM, SGLang and
 * llama.cpp. A mark further on is part of the answer.
 *
 * @param thoughts with their marks; empty where there are none
 * @param answer the rest, as it came where there are no thoughts; empty where they never end
 */
record Thinking(String thoughts, String answer) {
  private static final String NAMES = "think|thinking|thought|thoughts|reasoning|seed:think";
  private static final Pattern OPENING =
      Pattern.compile(
          "(?i)\\s*(?:<(%s)(?:\\s+\\w+=\"[^\"]*\")*\\s*>|(\\[THINK])|(◁think▷)".formatted(NAMES)
              + "|(<\\|begin_of_thought\\|>)|(<\\|START_THINKING\\|>)|(<\\|inner_prefix\\|>)"
              + "|(<\\|channel>thought\\b)|(<unused94>thought\\b))");

  /** What ends the groups of {@link #OPENING} after its first. */
  private static final List<String> CLOSINGS =
      List.of(
          "[/THINK]",
          "◁/think▷",
          "<|end_of_thought|>",
          "<|END_THINKING|>",
          "<|inner_suffix|>",
          "<channel|>",
          "<unused95>");

  private static final Pattern LONE_CLOSING =
      Pattern.compile("(?i)</(?:%s)>|\\[/THINK]|◁/think▷|<\\|end_of_thought\\|>".formatted(NAMES));
  private static final Pattern ANY_OPENING =
      Pattern.compile(
          "(?i)<(?:%s)\\b[^>\\n]*>|\\[THINK]|◁think▷|<\\|begin_of_thought\\|>".formatted(NAMES));

  /** The channels of gpt-oss ("harmony"), with their marks or what is left without them. */
  private static final Pattern CHANNELS =
      Pattern.compile("\\s*(?:<\\|start\\|>assistant)?<\\|channel\\|>");

  private static final Pattern FINAL_CHANNEL =
      Pattern.compile("<\\|channel\\|>final\\b[^\\n]{0,40}?<\\|message\\|>");
  private static final Pattern BARE_CHANNELS =
      Pattern.compile("\\s*analysis.*?assistantfinal", Pattern.DOTALL);
  private static final Pattern AROUND =
      Pattern.compile(
          "\\A\\s*<\\|(?:begin_of_solution|START_RESPONSE)\\|>"
              + "|<\\|(?:end_of_solution|END_RESPONSE|return|end)\\|>\\s*\\z");

  static Thinking in(String text) {
    Thinking found = channels(text);
    if (found == null) {
      found = blocks(text);
    }
    if (found == null) {
      found = beforeLoneClosing(text);
    }
    return found == null ? new Thinking("", text) : found;
  }

  private static @Nullable Thinking channels(String text) {
    Matcher bare = BARE_CHANNELS.matcher(text);
    if (bare.lookingAt()) {
      return split(text, bare.end());
    }
    if (!CHANNELS.matcher(text).lookingAt()) {
      return null;
    }
    Matcher channel = FINAL_CHANNEL.matcher(text);
    Thinking last = new Thinking(text, "");
    while (channel.find()) {
      last = split(text, channel.end());
    }
    return last;
  }

  /** Thinking in one or more blocks whose opening is there. */
  private static @Nullable Thinking blocks(String text) {
    int end = 0;
    Matcher opening = OPENING.matcher(text);
    while (opening.region(end, text.length()).lookingAt()) {
      Matcher closing = closing(opening).matcher(text);
      if (!closing.find(opening.end())) {
        return new Thinking(text, "");
      }
      end = closing.end();
    }
    return end == 0 ? null : split(text, end);
  }

  private static Pattern closing(Matcher opening) {
    if (opening.group(1) != null) {
      return Pattern.compile("(?i)</" + opening.group(1) + "\\s*>");
    }
    for (int i = 0; i < CLOSINGS.size(); i++) {
      if (opening.group(i + 2) != null) {
        return Pattern.compile(Pattern.quote(CLOSINGS.get(i)), Pattern.CASE_INSENSITIVE);
      }
    }
    throw new IllegalStateException(opening.group());
  }

  /** Many templates write the opening themselves, so that only the closing is in the answer. */
  private static @Nullable Thinking beforeLoneClosing(String text) {
    Matcher closing = LONE_CLOSING.matcher(text);
    if (!closing.find()) {
      return null;
    }
    String before = text.substring(0, closing.start());
    return ANY_OPENING.matcher(before).find() || isWrittenAbout(before)
        ? null
        : split(text, closing.end());
  }

  /** Whether a mark after this is in code or quotes, or a word of a sentence. */
  private static boolean isWrittenAbout(String before) {
    boolean inFence =
        before.lines().filter(line -> line.strip().startsWith("```")).count() % 2 == 1;
    String line = before.substring(before.lastIndexOf('\n') + 1);
    boolean inCode = line.chars().filter(c -> c == '`').count() % 2 == 1;
    boolean inSentence =
        !line.isBlank() && " \t\"'“‘«([{".indexOf(line.charAt(line.length() - 1)) >= 0;
    return inFence || inCode || inSentence;
  }

  private static Thinking split(String text, int end) {
    String answer = AROUND.matcher(text.substring(end)).replaceAll("");
    return new Thinking(text.substring(0, end), answer.stripLeading());
  }
}
