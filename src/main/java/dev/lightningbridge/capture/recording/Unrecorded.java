package dev.lightningbridge.capture.recording;

import java.util.Locale;

/** Why a call that was passed on, or what a span tells, is not recorded. */
public enum Unrecorded {
  /** The share of calls to be recorded left it out. */
  NOT_IN_SHARE("left out by the share"),
  /** The endpoint answered with an error, or not at all. */
  ENDPOINT_FAILED("without an answer of the endpoint"),
  /** The caller or the endpoint went away before the answer's end. */
  BROKEN_OFF("broken off before the answer’s end"),
  /** The answer is longer than what is kept in memory. */
  TOO_LONG("longer than is kept"),
  /** More calls wait to be written than may. */
  QUEUE_FULL("lost, since too many waited to be written"),
  /** It has no system message, so no prompt that could be improved. */
  NO_PROMPT("without a system message"),
  /** It has no text of a user. */
  NO_INPUT("without a user’s text"),
  /** The answer is none of the model's own, whole and readable. */
  NO_ANSWER("without a whole answer that can be read"),
  /** Its prompt is one of too many, or of a ninth lineage. */
  TOO_MANY_PROMPTS("with a prompt beyond the 500 that are kept"),
  /** It is there already: an exporter has sent it again. */
  KNOWN_ALREADY("sent again"),
  /** A span of a tool came without that of the call before it. */
  TOOL_ALONE("tools without the call before them"),
  /** A span gives a score that is no number from 0 to 1. */
  SCORE_UNUSABLE("scores that are no number from 0 to 1"),
  /** A span gives a score, and no call of its trace is recorded. */
  SCORE_ALONE("scores of no call that is recorded"),
  /** The database could not be written. */
  NOT_WRITTEN("lost, since the database could not be written");

  private final String words;

  Unrecorded(String words) {
    this.words = words;
  }

  /** What such calls are, behind their number. */
  public String inWords() {
    return words;
  }

  /** As it is called in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
