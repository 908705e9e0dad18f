package dev.lightningbridge.model.sandbox;

/** How the sandbox's judge scores: good judges, and bad ones that must be caught. */
public sealed interface JudgeHabit {
  /** All names, as a regular expression. */
  String PATTERN = "^(careful|noisy|coin-flip|length-loving|talkable)$";

  /** The name of the usual one. */
  String USUAL = "careful";

  /** By the hidden requirements, without an error. */
  JudgeHabit CAREFUL = new Truthful(0);

  /**
   * By the hidden requirements.
   *
   * @param noise standard deviation of its error, in points of the scale from 1 to 10; the error
   *     differs each time, even at temperature 0
   */
  record Truthful(double noise) implements JudgeHabit {}

  /** By chance. */
  record CoinFlip() implements JudgeHabit {}

  /** The longer the better. */
  record LengthLoving() implements JudgeHabit {}

  /** By the hidden requirements, unless the output speaks of a high score: then it gives that. */
  record Talkable() implements JudgeHabit {}

  /**
   * The habit of that name: {@code careful}, {@code noisy} (1.5 points), {@code coin-flip}, {@code
   * length-loving} or {@code talkable}.
   *
   * @throws IllegalArgumentException where there is none
   */
  static JudgeHabit named(String name) {
    return switch (name) {
      case USUAL -> CAREFUL;
      case "noisy" -> new Truthful(1.5);
      case "coin-flip" -> new CoinFlip();
      case "length-loving" -> new LengthLoving();
      case "talkable" -> new Talkable();
      default ->
          throw new IllegalArgumentException(
              name + " is none of careful, noisy, coin-flip, length-loving, talkable");
    };
  }
}
