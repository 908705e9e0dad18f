package dev.lightningbridge.runs;

import dev.lightningbridge.common.Cancellation;

/** What a run does before its gateway: searches for a prompt, or trains a model. */
interface RunWork {
  /** The engine's name, as the run keeps it. */
  String engine();

  /** Does it, up to a verdict. */
  RunOutcome.Ended ended(RunOutcome begun, Bench bench);

  /** What a run works with. */
  record Bench(RunModels models, RunAgents agents, RunRecorder events, Cancellation cancellation) {}
}
