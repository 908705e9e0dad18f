package dev.lightningbridge.runs;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.Criterion;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.SealedTest;
import dev.lightningbridge.optimize.SealedTest.Contestant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run's sealed test: its opening is noted before the first call, and told in the verdict. */
final class OpenedTest {
  private final TestOpenings openings;
  private final RunOutcome outcome;
  private final RunRecorder events;
  private final List<Task> sealed;
  private @Nullable TestOpening opening;

  OpenedTest(TestOpenings openings, RunOutcome outcome, RunRecorder events, List<Task> sealed) {
    this.openings = openings;
    this.outcome = outcome;
    this.events = events;
    this.sealed = sealed;
  }

  SealedTest.Result run(SealedTest test, Contestant baseline, Contestant winner) {
    events.on(new RunEvent.PhaseStarted("test", 2 * sealed.size()));
    SealedTest.Result result = test.by(this::opened).run(baseline, winner, sealed);
    return opening == null
        ? result
        : new SealedTest.Result(result.verdict().withRemark(opening.words()), result.pairs());
  }

  private Criterion opened() {
    OptimizeRequest request = outcome.request();
    opening =
        openings.open(
            outcome.runId(),
            outcome.plan().choice().lineage().id(),
            request.model() instanceof ModelAccess.Sandbox,
            sealed);
    events.on(new RunEvent.Note("info", opening.words()));
    return new Criterion(opening.level(), request.policy().leastEffect());
  }
}
