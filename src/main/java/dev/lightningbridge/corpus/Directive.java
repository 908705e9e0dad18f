package dev.lightningbridge.corpus;

/**
 * A person's words on what a lineage's agent should do better.
 *
 * @param at milliseconds since the epoch, of the row in which the text was found first
 * @param rowId that row's: a lineage's, an evolution record's, an evaluation's or an event's
 */
public record Directive(String lineageId, Kind kind, String text, long at, String rowId) {
  /** How the words were given. */
  public enum Kind {
    /** Holds for every evolution until it is taken back. */
    STICKY,
    /** Held for one evolution. */
    ONE_SHOT,
    /** A comment to a score. */
    COMMENT
  }
}
