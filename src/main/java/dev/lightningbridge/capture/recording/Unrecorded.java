package dev.lightningbridge.capture.recording;

import java.util.Locale;

/** Why a call that was passed on, or what a span tells, is not recorded. */
public enum Unrecorded {
  /** The share of calls to be recorded left it out. */
  NOT_IN_SHARE,
  /** The endpoint answered with an error, or not at all. */
  ENDPOINT_FAILED,
  /** The caller or the endpoint went away before the answer's end. */
  BROKEN_OFF,
  /** The answer is longer than what is kept in memory. */
  TOO_LONG,
  /** More calls wait to be written than may. */
  QUEUE_FULL,
  /** It has no system message, so no prompt that could be improved. */
  NO_PROMPT,
  /** It has no text of a user. */
  NO_INPUT,
  /** The answer is none of the model's own, whole and readable. */
  NO_ANSWER,
  /** Its prompt is one of too many, or of a ninth lineage. */
  TOO_MANY_PROMPTS,
  /** It is there already: an exporter has sent it again. */
  KNOWN_ALREADY,
  /** A span of a tool came without that of the call before it. */
  TOOL_ALONE,
  /** A span gives a score that is no number from 0 to 1. */
  SCORE_UNUSABLE,
  /** A span gives a score, and no call of its trace is recorded. */
  SCORE_ALONE,
  /** The database could not be written. */
  NOT_WRITTEN;

  /** As it is called in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
