package dev.lightningbridge.runs.ending;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.judging.RunBench;
import dev.lightningbridge.runs.ledger.TestOpening;
import dev.lightningbridge.runs.models.RunEstimate;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.util.List;
import java.util.function.Function;

/**
 * What a run does: searches for a prompt, or trains a model. Nothing is looked for on this machine
 * until it is needed.
 */
public interface RunWork {
  /**
   * The engine's name, as the run keeps it.
   *
   * @throws BridgeException where this machine has no such engine
   */
  String engine();

  /**
   * Looks at what can be seen before the run.
   *
   * @throws BridgeException where the run could not start
   */
  void check(OptimizeRequest request, RunPlan plan);

  /**
   * About what the run will call and cost.
   *
   * @param openings gives the opening that these sealed tasks would be
   * @throws BridgeException where this machine cannot do it
   */
  RunEstimate estimate(
      OptimizeRequest request,
      RunPlan plan,
      Corpus corpus,
      Function<List<Task>, TestOpening> openings);

  /** Does it behind the run's gateway, up to a verdict. */
  RunOutcome carryOut(BegunRun begun, RunBench bench);
}
