package dev.lightningbridge.grading;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scores that a judge's words can mean: {@code Score: 9/10}, {@code "score": 9}, {@code
 * **Score:** 9}, {@code <score>9</score>}, and where there is none of these {@code 9 out of 10}.
 */
final class ScoreWords {
  private static final double LOWEST = 1;
  private static final double HIGHEST = 10;

  private static final String NUMBER =
      "(?<value>-?\\d++(?:\\.\\d++)?+)(?:\\s*(?:/|out of)\\s*(?<scale>\\d++))?+";
  private static final String NO_RANGE = "(?!\\s*(?:-|–|—|to|or)\\s*\\d|[.,]?\\d|\\s*%)";
  private static final String MARKS = "[\"'*_`\\\\\\s]*";

  private static final Pattern VALUE = Pattern.compile("(?i)\\s*" + NUMBER + "\\s*\\.?\\s*");
  private static final Pattern ALONE = Pattern.compile("(?i)" + MARKS + NUMBER + "\\.?" + MARKS);
  private static final Pattern LABELLED =
      Pattern.compile(
          "(?i)\\b(?:score|rating)\\b"
              + MARKS
              + "(?:\\([^()\\n]{0,30}\\)|(?:/|out of)\\s*10)?+"
              + MARKS
              + "(?:[:=：|>→–-]|is\\b|of\\b)"
              + MARKS
              + NUMBER
              + NO_RANGE);
  private static final Pattern OUT_OF_TEN =
      Pattern.compile(
          "(?i)(?<![\\d.,/])(?<!\\d\\s{0,2}[-–—]\\s{0,2})(?<!\\d (?:to|or|and) )"
              + "(?<value>\\d++(?:\\.\\d++)?+)\\s*(?:/|out of)\\s*(?<scale>10)\\b(?![.,/]?\\d)");

  /** Words beside a number by which it is not, or not surely, the score. */
  private static final Pattern DOUBT =
      Pattern.compile(
          "(?i)\\b(?:not|if|unless|than|instead|almost|nearly|between|could|might|maybe|perhaps"
              + "|either|or|previous\\w*|before|least|most|up to|asks?|claims?|says?)\\b|n['’]t\\b");

  private static final int BEFORE = 50;
  private static final int AFTER = 25;

  private final TreeSet<Double> scores = new TreeSet<>();
  private boolean unreadable;

  private ScoreWords() {}

  /** Of an answer without an object: by its labels, else by its only fraction of ten. */
  static ScoreWords in(String text) {
    ScoreWords words = labelledIn(text);
    if (text.lastIndexOf('{') > text.lastIndexOf('}')) {
      // An object that breaks off.
      words.unreadable = true;
    }
    Matcher alone = ALONE.matcher(text);
    if (alone.matches()) {
      words.add(alone);
    }
    if (words.scores.isEmpty()) {
      words.addOutOfTen(text);
    }
    return words;
  }

  /** The scores that are called so. */
  static ScoreWords labelledIn(String text) {
    ScoreWords words = new ScoreWords();
    Matcher labelled = LABELLED.matcher(text);
    while (labelled.find()) {
      words.add(labelled);
    }
    return words;
  }

  private void addOutOfTen(String text) {
    Matcher fraction = OUT_OF_TEN.matcher(text);
    while (fraction.find()) {
      String beside =
          text.substring(
              Math.max(0, fraction.start() - BEFORE),
              Math.min(text.length(), fraction.end() + AFTER));
      unreadable |= DOUBT.matcher(beside).find();
      add(fraction);
    }
  }

  /** Takes in an object's member: a number, or a text that holds one. */
  void add(JsonNode score) {
    Matcher text = VALUE.matcher(score.isTextual() ? score.textValue() : "");
    if (score.isNumber()) {
      add(score.doubleValue(), true);
    } else if (text.matches()) {
      add(text);
    } else {
      unreadable = true;
    }
  }

  private void add(Matcher number) {
    String scale = number.group("scale");
    add(Double.parseDouble(number.group("value")), scale == null || scale.equals("10"));
  }

  private void add(double score, boolean outOfTen) {
    if (outOfTen && score >= LOWEST && score <= HIGHEST) {
      scores.add(score);
    } else {
      unreadable = true;
    }
  }

  /** The one score that is meant. */
  Optional<Double> only() {
    return unreadable || scores.size() != 1 ? Optional.empty() : Optional.of(scores.first());
  }
}
