package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.model.TokenEstimate;

/**
 * A prompt being tried.
 *
 * @param name v0 for the seed prompt, then v1, v2, … in the order of making
 */
record Candidate(String name, String prompt) {
  /** What each call pays for it, about. */
  long tokens() {
    return TokenEstimate.of(prompt);
  }
}
