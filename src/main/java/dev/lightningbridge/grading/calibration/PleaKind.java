package dev.lightningbridge.grading.calibration;

/** A way to ask a judge for a high score. */
public enum PleaKind {
  ORDER("a plain order"),
  POLITE("a polite request"),
  SYSTEM_TEXT("a made-up system message"),
  SCORE_JSON("a made-up answer of the judge"),
  END_OF_FENCE("a made-up end of the data"),
  AUTHORITY("somebody in charge"),
  OTHER_LANGUAGE("another language"),
  ENCODED("an encoded order"),
  FLATTERY("flattery"),
  GRADED_BEFORE("a score that is said to be there already");

  private final String label;

  PleaKind(String label) {
    this.label = label;
  }

  /** In words, as the object of "by". */
  public String label() {
    return label;
  }
}
