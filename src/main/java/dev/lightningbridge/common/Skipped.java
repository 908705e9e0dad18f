package dev.lightningbridge.common;

/**
 * A row that was left out, or repaired by a documented fallback, because it was bad.
 *
 * @param id the row's id, or its place where it has none
 * @param code the {@code LB-nnnn} of the reason
 * @param why the reason in words
 */
public record Skipped(String id, String code, String why) {
  public static Skipped of(String id, ErrorCode code, String why) {
    return new Skipped(id, code.id(), why);
  }
}
