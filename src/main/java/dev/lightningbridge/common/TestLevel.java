package dev.lightningbridge.common;

/** How sure the sealed test has to be. */
public final class TestLevel {
  /**
   * The share of equal prompts that may be promoted by chance, over all tests on the same tasks.
   */
  public static final double LEVEL = 0.05;

  /**
   * What a promotion says of itself in a database, and the confidence of the interval of tests that
   * were kept before they said their own: 0 to 1.
   */
  public static final double CONFIDENCE = 1 - LEVEL;

  private TestLevel() {}
}
