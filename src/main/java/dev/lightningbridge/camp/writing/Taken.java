package dev.lightningbridge.camp.writing;

/** What became of a task that was imported. */
public enum Taken {
  NEW,
  KNOWN,
  /** The same input is there with another answer, which stays. */
  CONTRADICTS
}
