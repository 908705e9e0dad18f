package dev.lightningbridge.grading;

import java.util.Optional;

/**
 * The grades that a run has from a grader outside of this program, so that it asks for none twice,
 * resumed or not. Thread-safe.
 */
public interface GradeJournal {
  /** The grade that was kept under this key. */
  Optional<Grade> find(String key);

  /**
   * Keeps a grade, where there is none under the key yet.
   *
   * @return the one that is kept
   */
  Grade keep(String key, Grade grade);
}
