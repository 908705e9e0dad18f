package dev.lightningbridge.grading;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An output, parsed once for all of its criteria.
 *
 * @param json empty where the text is not exactly one JSON value: what reads an agent's JSON fails
 *     on a fence or a word around it, and so does the grade
 */
record ReadOutput(String text, Optional<JsonNode> json) {
  static ReadOutput of(String text) {
    return new ReadOutput(text, JsonMembers.parse(text));
  }
}
