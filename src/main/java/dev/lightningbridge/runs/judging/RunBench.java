package dev.lightningbridge.runs.judging;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.grading.ExternalGrading;
import dev.lightningbridge.grading.GradeJournal;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.runs.RunRecorder;
import dev.lightningbridge.runs.models.RunAgents;
import dev.lightningbridge.runs.models.RunModels;
import dev.lightningbridge.runs.request.OptimizeRequest;

/** What a run works with. */
public record RunBench(
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
