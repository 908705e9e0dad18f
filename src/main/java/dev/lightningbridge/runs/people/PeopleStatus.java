package dev.lightningbridge.runs.people;

/**
 * How far a test is that people decide.
 *
 * @param state open, decided or left
 * @param chosen pairs that have a choice
 * @param beforehand what so many pairs can show
 */
public record PeopleStatus(String runId, String state, int chosen, int pairs, String beforehand) {
  /** Whether it waits for people. */
  public boolean waits() {
    return state.equals("open");
  }

  /** Whether all pairs have a choice. */
  public boolean whole() {
    return chosen == pairs;
  }
}
