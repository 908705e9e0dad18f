package dev.lightningbridge.runs;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.grading.ExternalGrading;
import dev.lightningbridge.grading.GradeJournal;
import dev.lightningbridge.grading.Grader;

/** What a run does before its gateway: searches for a prompt, or trains a model. */
interface RunWork {
  /** The engine's name, as the run keeps it. */
  String engine();

  /** Does it, up to a verdict. */
  RunOutcome.Ended ended(RunOutcome begun, Bench bench);

  /** What a run works with. */
  record Bench(
      RunModels models,
      RunAgents agents,
      GradeJournal grades,
      RunRecorder events,
      Cancellation cancellation) {
    /** A grader outside of this program, as this run works with it. */
    Grader external(ExternalGrader grader, OptimizeRequest request) {
      return ExternalGrading.of(
          grader,
          grades,
          CleanEnvironment.of(System.getenv(), request.model().keyVariables()),
          cancellation);
    }
  }
}
