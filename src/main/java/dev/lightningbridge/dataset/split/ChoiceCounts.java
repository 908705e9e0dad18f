package dev.lightningbridge.dataset.split;

/**
 * How often people preferred an output of a lineage to others.
 *
 * @param comparisons of outputs that it won, and {@code locks} that carry a preference
 * @param inputs distinct ones on which it was preferred; one that several lineages of a session won
 *     counts for one of them: each is one choice for a test of a judge
 */
public record ChoiceCounts(int comparisons, int locks, int inputs) {
  static final ChoiceCounts NONE = new ChoiceCounts(0, 0, 0);
}
