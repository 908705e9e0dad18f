package dev.lightningbridge.capture.recording;

import java.util.Locale;

/** Why a call that was passed on is not recorded. */
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
  /** The database could not be written. */
  NOT_WRITTEN;

  /** As it is called in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
