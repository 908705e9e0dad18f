package dev.lightningbridge.findings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to write a text that machines read and people do not.
 *
 * @param name as people know it
 * @param run what a run of it looks like
 */
record Code(String name, Pattern run, UnaryOperator<String> read) {
  private static final int FEWEST_LETTERS = 5;
  private static final double READABLE = 0.9;

  /** Those that are known here. */
  static final List<Code> ALL =
      List.of(
          of("hexadecimal", "(?:(?:0x|\\\\x)?[0-9a-fA-F]{2}[\\s:,-]?){8,}", Code::hex),
          of(
              "binary",
              "(?:[01]{8}[\\s,]*){4,}",
              text -> numbers(text.replaceAll("[\\s,]", ""), 8, 2)),
          of("character codes", "(?:\\d{2,3}[\\s,;-]+){6,}\\d{2,3}", Code::decimal),
          of("Base64", "[A-Za-z0-9+/_-]{12,}={0,2}", Code::base64),
          of("Base32", "[A-Z2-7]{16,}={0,6}", Code::base32),
          of("percent encoding", "\\S*(?:%[0-9a-fA-F]{2}\\S*?){3,}\\S*", Code::percent),
          of(
              "HTML entities",
              "(?:&(?:#x?[0-9a-fA-F]+|\\w+);\\s?){3,}",
              text -> escapes(text, "&#(x?)([0-9a-fA-F]+);")),
          of(
              "escapes",
              "(?:\\\\+(?:u\\{?|x)[0-9a-fA-F]{2,6}\\}?\\s?){3,}",
              text -> escapes(text, "\\\\+([ux])\\{?([0-9a-fA-F]{2,6})\\}?")),
          of(
              "letters with gaps",
              "(?<![\\p{L}\\p{N}])(?:[\\p{L}\\p{N}:/.@][ .\\-_*|·•]{1,3}){6,}[\\p{L}\\p{N}](?![\\p{L}\\p{N}])",
              Code::joined),
          of(
              "Pig Latin",
              "(?:\\b(?!(?:al|any|a)?way\\b|\\p{L}*day\\b|(?:may|say|pay|stay|okay|play|display|delay)\\b)\\p{L}{2,}ay\\b[\\s,]*){3,}",
              Code::unpigged),
          of("Morse", "(?:[.·-]{1,5}(?:\\s+|\\s*/\\s*)){8,}[.·-]{1,5}", Morse::read));

  private static Code of(String name, String run, UnaryOperator<String> read) {
    return new Code(name, Pattern.compile(run), read);
  }

  /** What the run says; empty where it says nothing that people can read. */
  Optional<String> said(MatchResult match) {
    try {
      return Optional.of(read.apply(match.group())).filter(Code::isText);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isText(String text) {
    long letters = text.codePoints().filter(c -> Character.isLetter(c) || c == ' ').count();
    long read =
        text.codePoints()
            .filter(c -> Character.isLetterOrDigit(c) || (c >= ' ' && c < 127) || c == '\n')
            .count();
    long kinds = text.codePoints().filter(Character::isLetter).distinct().count();
    long all = text.codePoints().count();
    return kinds >= FEWEST_LETTERS && read >= READABLE * all && letters >= 0.6 * all;
  }

  private static String hex(String text) {
    String digits = text.replaceAll("0x|\\\\x|[\\s:,-]", "");
    return utf8(HexFormat.of().parseHex(digits.substring(0, digits.length() / 2 * 2)));
  }

  private static String base64(String text) {
    String standard = text.replace('-', '+').replace('_', '/').replace("=", "");
    return utf8(
        Base64.getDecoder()
            .decode(
                standard.substring(0, standard.length() - (standard.length() % 4 == 1 ? 1 : 0))));
  }

  private static String base32(String text) {
    StringBuilder bits = new StringBuilder();
    for (int c : text.replace("=", "").chars().toArray()) {
      int value = c >= 'A' ? c - 'A' : c - '2' + 26;
      bits.append(String.format("%5s", Integer.toBinaryString(value)).replace(' ', '0'));
    }
    return numbers(bits.toString(), 8, 2);
  }

  private static String decimal(String text) {
    StringBuilder said = new StringBuilder();
    for (String number : text.split("[\\s,;-]+", -1)) {
      said.append((char) Integer.parseInt(number));
    }
    return said.toString();
  }

  private static String numbers(String digits, int each, int radix) {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i + each <= digits.length(); i += each) {
      said.append((char) Integer.parseInt(digits.substring(i, i + each), radix));
    }
    return said.toString();
  }

  private static String percent(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String escapes(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .replaceAll(
            m -> {
              boolean decimal = m.group(1).isEmpty();
              int c = Integer.parseInt(m.group(2), decimal ? 10 : 16);
              return Matcher.quoteReplacement(Character.toString(c));
            });
  }

  private static String joined(String text) {
    return text.replaceAll("[ .\\-_*|·•]{2,}", "\u0000")
        .replaceAll("[ .\\-_*|·•]", "")
        .replace('\u0000', ' ');
  }

  /** Where a word began with several consonants, its reading is one of several. */
  private static String unpigged(String text) {
    return Pattern.compile("(\\p{L}*?)([^aeiou\\W]*)ay\\b").matcher(text).replaceAll("$2$1");
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
