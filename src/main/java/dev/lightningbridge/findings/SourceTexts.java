package dev.lightningbridge.findings;

import java.util.function.BiConsumer;

/** The texts from outside that a run had to do with. */
@FunctionalInterface
public interface SourceTexts {
  /** Gives each text with its row, one by one; called once for a check. */
  void each(BiConsumer<Source, String> taker);
}
