package dev.lightningbridge.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of a text: up to a full stop, a line's end, or so. */
final class Sentences {
  private static final Pattern END =
      Pattern.compile("[.!?。！？]+[\"”»')\\]]*(?=\\s|$)|[。！？]+|\\R|(?<=.{800})\\s");

  private Sentences() {}

  /** A sentence, and its place. */
  record Sentence(String text, int start, int end) {}

  static List<Sentence> of(String text) {
    List<Sentence> sentences = new ArrayList<>();
    int start = 0;
    for (Matcher end = END.matcher(text); end.find(); ) {
      add(sentences, text, start, end.end());
      start = end.end();
    }
    add(sentences, text, start, text.length());
    return sentences;
  }

  private static void add(List<Sentence> sentences, String text, int from, int to) {
    String sentence = text.substring(from, to);
    String stripped = sentence.strip();
    if (!stripped.isEmpty()) {
      int start = from + sentence.indexOf(stripped);
      sentences.add(new Sentence(stripped, start, start + stripped.length()));
    }
  }
}
