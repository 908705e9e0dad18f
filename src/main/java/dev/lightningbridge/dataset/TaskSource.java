package dev.lightningbridge.dataset;

/** Where a task comes from. */
public enum TaskSource {
  /** An input that agents of the session were run on. */
  CAPTURED,
  /** Given by the user in a file, or in the database's test cases and examples. */
  PROVIDED,
  /** Made up by a model; labelled so everywhere. */
  SYNTHETIC
}
