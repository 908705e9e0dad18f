package dev.lightningbridge.findings;

/**
 * A row from which text can have come into a winner.
 *
 * @param kind what the text is there: input, output, comment, directive, session, test case, task
 * @param id of the row: an attempt's, an event's, a session's, a lineage's, a task's
 */
public record Source(String kind, String id) {
  /** What an agent answered before. */
  public static final String OUTPUT = "output";

  /** What the owner of a lineage tells its agent to do. */
  public static final String DIRECTIVE = "directive";

  /** What a person says about an answer. */
  public static final String COMMENT = "comment";

  /** Whether it says what people want of the agent. */
  boolean isOfPeople() {
    return kind.equals(COMMENT) || kind.equals(DIRECTIVE);
  }
}
