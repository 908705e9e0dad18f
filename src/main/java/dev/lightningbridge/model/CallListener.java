package dev.lightningbridge.model;

import org.jspecify.annotations.Nullable;

/** Is told what the gateway does. Called from the threads that make the calls; must be quick. */
@FunctionalInterface
public interface CallListener {
  /** A call ended. */
  void finished(FinishedCall call);

  /** Something a person should know, in a sentence: the circuit opened or closed. */
  default void notice(String sentence) {
    System.getLogger(CallListener.class.getName()).log(System.Logger.Level.WARNING, sentence);
  }

  /**
   * A call that ended.
   *
   * @param model the endpoint's name of it
   * @param spend what the call cost in all its attempts, also those of earlier processes
   * @param ms how long it took, waits included
   * @param replayed whether it was answered from the journal
   * @param failure why there is no answer; null where there is one
   */
  record FinishedCall(
      ModelRole role,
      String model,
      Spend spend,
      long ms,
      boolean replayed,
      ModelException.@Nullable Kind failure) {}
}
