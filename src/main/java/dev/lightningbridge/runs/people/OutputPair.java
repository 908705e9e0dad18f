package dev.lightningbridge.runs.people;

/**
 * Two outputs between which a person chooses, without knowing which prompt made which.
 *
 * @param place from 1 on; {@code pairs} how many there are
 */
public record OutputPair(int place, int pairs, String input, String left, String right) {}
