package dev.lightningbridge.runs.models;

import dev.lightningbridge.model.CallListener;
import dev.lightningbridge.optimize.RunEvent;

/** Shows what a person should know of a run's calls among the run's events. */
public record ShownNotices(CallListener calls, RunEvent.Listener events) implements CallListener {
  @Override
  public void finished(FinishedCall call) {
    calls.finished(call);
  }

  @Override
  public void notice(String sentence) {
    synchronized (events) {
      events.on(new RunEvent.Note("warning", sentence + (sentence.endsWith(".") ? "" : ".")));
    }
  }
}
