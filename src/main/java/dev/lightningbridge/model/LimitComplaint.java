package dev.lightningbridge.model;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads out of an error how many tokens an answer may have, where the limit that was asked for is
 * too high: for the model, or for what its context has left beside the request.
 */
final class LimitComplaint {
  /** An answer of fewer tokens is not worth asking for. */
  static final long LEAST = 16;

  private static final Pattern TOO_HIGH =
      Pattern.compile(
          "too (large|high|big)|at most|maximum|less than or equal|must be <=|<= \\d|exceed"
              + "|valid range|reduce|out of range");
  private static final Pattern ABOUT_LIMIT =
      Pattern.compile(
          "max_(completion_|output_|new_)?tokens|in the completion|completion tokens"
              + "|output tokens|maxoutputtokens");

  /** Each with the groups {@code whole} and {@code used}: their difference is what is left. */
  private static final List<Pattern> CONTEXTS =
      List.of(
          Pattern.compile(
              "(?:context length|context window|context) (?:is|of) (?<whole>\\d+) tokens"
                  + ".*?(?<used>\\d+) (?:in the messages|in your prompt|input tokens|prompt tokens)"),
          Pattern.compile("(?<whole>\\d+) - (?<used>\\d+)\\)"),
          Pattern.compile("must be <= (?<whole>\\d+)\\. given: (?<used>\\d+)"));

  private static final List<Pattern> MOST =
      List.of(
          Pattern.compile("at most (\\d+)"),
          Pattern.compile("less than or equal to (\\d+)"),
          Pattern.compile("range of \\w+ is \\[\\d+, (\\d+)]"),
          Pattern.compile("\\d+ > (\\d+)"),
          Pattern.compile("maximum (?:value|allowed)?[^.]{0,60}?(\\d+)"),
          Pattern.compile("from \\d+ (?:\\w+ )?to (\\d+)"),
          Pattern.compile("must be <= (\\d+)"));

  /**
   * The tokens of a minute that OpenAI and Groq allow, and those of this one request; the limit of
   * its answer is counted among them.
   */
  private static final Pattern OF_A_MINUTE =
      Pattern.compile("limit:? (?<whole>\\d+),? requested:? (?<used>\\d+)");

  /** Where the request was not counted to its end, its number says nothing of what is left. */
  private static final Pattern NOT_COUNTED = Pattern.compile("at least \\d+ input tokens");

  private static final Pattern USED_UP =
      Pattern.compile("could not finish .{0,40}(max_tokens|output limit).{0,40}reached");

  private LimitComplaint() {}

  /** Whether an error says what else an answer would: that it was cut off by its limit. */
  static boolean isUsedUp(String words) {
    return USED_UP.matcher(words.toLowerCase(Locale.ROOT)).find();
  }

  /** Whether a request is larger than what the endpoint takes in a minute: no waiting helps. */
  static boolean neverFits(EndpointReply reply) {
    Matcher minute = OF_A_MINUTE.matcher(plain(reply.words().toLowerCase(Locale.ROOT)));
    return reply.structured() && minute.find() && left(minute) < 0;
  }

  /**
   * The highest limit that the endpoint would take for this request; empty where the error is about
   * something else, or nothing is left for an answer.
   *
   * @param words the error's, in lower case
   * @param asked the limit that was sent
   */
  static OptionalLong most(String words, long asked) {
    String text = plain(words);
    Matcher minute = OF_A_MINUTE.matcher(text);
    if (minute.find()) {
      long left = asked + left(minute);
      return left >= LEAST ? lower(left, asked) : OptionalLong.empty();
    }
    if (!ABOUT_LIMIT.matcher(text).find() || !TOO_HIGH.matcher(text).find()) {
      return OptionalLong.empty();
    }
    if (NOT_COUNTED.matcher(text).find()) {
      return OptionalLong.of(Math.max(asked / 2, LEAST));
    }
    for (Pattern context : CONTEXTS) {
      Matcher found = context.matcher(text);
      if (found.find()) {
        long left = left(found);
        return left >= LEAST ? lower(left, asked) : OptionalLong.empty();
      }
    }
    for (Pattern pattern : MOST) {
      Matcher found = pattern.matcher(text);
      if (found.find()) {
        long most = number(found.group(1));
        if (most >= LEAST && most < asked) {
          return OptionalLong.of(most);
        }
      }
    }
    return asked / 2 >= LEAST ? OptionalLong.of(asked / 2) : OptionalLong.empty();
  }

  private static String plain(String words) {
    return words.replaceAll("[`'\"]", "").replaceAll("(?<=\\d),(?=\\d{3})", "");
  }

  private static long left(Matcher found) {
    return number(found.group("whole")) - number(found.group("used"));
  }

  private static OptionalLong lower(long left, long asked) {
    return OptionalLong.of(Math.min(left, asked - 1));
  }

  private static long number(String digits) {
    return digits.length() > 12 ? Long.MAX_VALUE / 2 : Long.parseLong(digits);
  }
}
