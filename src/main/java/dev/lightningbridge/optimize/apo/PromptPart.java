package dev.lightningbridge.optimize.apo;

/**
 * A piece of a prompt that stands or goes as a whole.
 *
 * @param gap the white space before it
 * @param text without white space around it
 * @param kind what it is
 */
record PromptPart(String gap, String text, Kind kind) {
  enum Kind {
    /** A heading, or a line that introduces what follows: goes with nothing, stays with all. */
    HEADING,
    /** Lines in a row. */
    PARAGRAPH,
    /** An item of a list, with its indented lines. */
    ITEM,
    /** A fenced block, a block of JSON or of XML. */
    BLOCK,
    /** An example's input and its answer. */
    PAIR
  }

  /** Whether a move may take it out. */
  boolean mayGo() {
    return kind != Kind.HEADING;
  }
}
