package dev.lightningbridge.runs.ending;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.CallListener;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.LineageChoice;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.request.ModelAccess;

/**
 * Is told of runs and of their model calls as they go on, so that somebody can follow them in time.
 * Nothing that a person or a model wrote reaches it.
 */
@FunctionalInterface
public interface RunTraces {
  /** Follows nothing. */
  RunTraces NONE = run -> new Nothing();

  /** A run begins, or goes on in another process. */
  Trace begun(Run run);

  /** What a run is about, by id. */
  record Run(
      String id,
      String engine,
      String sessionId,
      String lineageId,
      String agentVersionId,
      boolean sandbox) {
    public static Run of(BegunRun run) {
      LineageChoice choice = run.plan().choice();
      return new Run(
          run.runId(),
          run.engine(),
          choice.session().id(),
          choice.lineage().id(),
          choice.baseline().id(),
          run.request().model() instanceof ModelAccess.Sandbox);
    }
  }

  /** One run; told of its calls from the threads that make them. */
  interface Trace extends CallListener {
    /** It has a result, and is in this state. */
    void ended(RunState state);

    /**
     * It has none.
     *
     * @param code of the error, or the name of its class: messages may repeat what a model said
     */
    void failed(String code);

    /** It has none, for this reason. */
    default void failed(RuntimeException cause) {
      failed(
          cause instanceof BridgeException known ? known.code().id() : cause.getClass().getName());
    }
  }

  /** A trace that is not kept. */
  record Nothing() implements Trace {
    @Override
    public void finished(FinishedCall call) {}

    @Override
    public void ended(RunState state) {}

    @Override
    public void failed(String code) {}
  }
}
