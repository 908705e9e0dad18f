package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.TextHash;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The words that a task's input is compared by ({@link CoreText}), each as a hash, so that many
 * inputs can be held. Of a text with more than {@value #MOST_WORDS} different words only the whole
 * is kept: it is near none but those that ask the same.
 */
final class Core {
  static final int MOST_WORDS = 512;
  private static final int WHOLE = 32;
  private static final int WORD = 8;

  private final TextHash whole;
  private final int[] words;

  private Core(TextHash whole, int[] words) {
    this.whole = whole;
    this.words = words;
  }

  static Core of(String text) {
    int[] hashes = CoreText.words(text).stream().mapToInt(Core::hash).sorted().distinct().toArray();
    return new Core(
        TextHash.of(Arrays.toString(hashes)), hashes.length > MOST_WORDS ? new int[0] : hashes);
  }

  /** What {@link #text} gave. */
  static Core ofText(String text) {
    int[] words = new int[(text.length() - WHOLE) / WORD];
    for (int i = 0; i < words.length; i++) {
      words[i] = Integer.parseUnsignedInt(text, WHOLE + i * WORD, WHOLE + (i + 1) * WORD, 16);
    }
    return new Core(TextHash.ofHex(text.substring(0, WHOLE)), words);
  }

  /** The core in hexadecimal digits, to be kept; the input's text does not come out of it. */
  String text() {
    StringBuilder text = new StringBuilder(whole.hex());
    for (int word : words) {
      text.append(HexFormat.of().toHexDigits(word));
    }
    return text.toString();
  }

  /** The same for texts that have the same words, in whatever order. */
  TextHash whole() {
    return whole;
  }

  /** Sorted, each once. */
  int[] words() {
    return words;
  }

  /** FNV-1a over UTF-16 units; String's own hash is the same for many pairs of characters. */
  private static int hash(String word) {
    int hash = 0x811c9dc5;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * 0x01000193;
    }
    return hash;
  }

  /** What two have in common and not, by the weights of the words. */
  record Overlap(double common, double here, double there) {
    /** Jaccard's coefficient, weighted. */
    double likeness() {
      double all = common + here + there;
      return all > 0 ? common / all : 1;
    }

    /** Whether the one has nothing that the other lacks. */
    boolean isContained() {
      return here == 0 || there == 0;
    }
  }

  /**
   * The overlap with another.
   *
   * @param weights of this one's words, in their order; {@code others} of the other one's
   */
  Overlap overlap(Core other, double[] weights, double[] others) {
    double common = 0;
    double here = 0;
    double there = 0;
    int i = 0;
    int j = 0;
    while (i < words.length || j < other.words.length) {
      if (j == other.words.length || (i < words.length && words[i] < other.words[j])) {
        here += weights[i++];
      } else if (i == words.length || words[i] > other.words[j]) {
        there += others[j++];
      } else {
        common += weights[i++];
        j++;
      }
    }
    return new Overlap(common, here, there);
  }
}
