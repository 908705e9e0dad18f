package dev.lightningbridge.dataset.split;

/** Knows of sessions what was sealed before. */
@FunctionalInterface
public interface Seals {
  /** Where nothing was. */
  static Seals none(long splitSeed) {
    return session -> Seal.of(session, splitSeed);
  }

  Seal of(String sessionId);
}
