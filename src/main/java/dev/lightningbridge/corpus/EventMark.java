package dev.lightningbridge.corpus;

/**
 * Where a training event stands. The app only appends, so a higher row was written later.
 *
 * @param id empty where the row has none
 */
public record EventMark(long row, String id) {}
