package dev.lightningbridge.runs.people;

import java.util.Locale;

/** Which output of a pair is the better one. */
public enum PairSide {
  LEFT,
  RIGHT,
  TIE;

  /** As in bridge.db, and at the doors. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
