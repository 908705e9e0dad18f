package dev.lightningbridge.demo;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The agents' side of a session that is being played: they are made, run, analysed, evolved. */
final class AgentPlay {
  private static final double FAILS = 0.03;
  private static final int SURE_RUNS = 8;

  private final SamplePlan plan;
  private final SamplePlan.SessionPlan session;
  private final CampApp app;
  private final CampAgents agents;
  private final CampRuns runs;
  private final CampEvolver evolver;
  private final SampleAgents sandbox;
  private final SplittableRandom random;
  private final PlayTime time;
  private int versions;
  private int attempts;
  private int failed;
  private int analysed;

  AgentPlay(
      SamplePlan plan,
      SamplePlan.SessionPlan session,
      String sessionId,
      CampApp app,
      SampleAgents sandbox,
      SplittableRandom random,
      PlayTime time) {
    this.plan = plan;
    this.session = session;
    this.app = app;
    this.agents = new CampAgents(app, sessionId, session.model());
    this.runs = new CampRuns(app, session.model());
    this.evolver = new CampEvolver(app, agents, sessionId);
    this.sandbox = sandbox;
    this.random = random;
    this.time = time;
  }

  /** A lineage that is run. */
  record Run(SampleLineage lineage, CampRuns.Execution execution) {}

  /** Makes the lineage of that place and runs it. */
  Run add(int place, String input) throws SQLException {
    long asked = time.now();
    time.passes(700, 3_000);
    SamplePlan.Strategy strategy = plan.strategies().get(place);
    SampleLineage.Version first =
        new SampleLineage.Version(
            app.newId(), 1, firstPrompt(strategy, place), strategy.temperature(), 0, asked);
    SampleLineage lineage =
        new SampleLineage(app.newId(), "ABCDEFGH".substring(place, place + 1), strategy, first);
    versions++;
    agents.addLineage(lineage, time.now());
    lineage.cycle = 1;
    return start(lineage, input, null);
  }

  private String firstPrompt(SamplePlan.Strategy strategy, int place) {
    StringBuilder prompt =
        new StringBuilder(
            "You are a %s assistant. Your task: %s.\n%s"
                .formatted(
                    strategy.tag().toLowerCase(Locale.ROOT), session.need(), strategy.manner()));
    List<String> guidelines = session.guidelines().get(place);
    if (!guidelines.isEmpty()) {
      prompt.append("\n\nGuidelines:");
      guidelines.forEach(g -> prompt.append("\n- ").append(g));
    }
    return prompt.toString();
  }

  /** Runs the agent once more, as it is. */
  Run again(SampleLineage lineage, String input) throws SQLException {
    time.passes(500, 2_000);
    lineage.cycle++;
    return start(lineage, input, null);
  }

  /** Runs the agent as the app does before it evolves it: nobody sees the output. */
  void analyse(SampleLineage lineage, String input) throws SQLException {
    String output = sandbox.answer(lineage.version, input, 1);
    CampRuns.Execution execution =
        new CampRuns.Execution("", app.newId(), input, output, null, duration(), null);
    runs.completed(lineage.version, execution, time.now());
    analysed++;
  }

  /** Evolves the agent and runs its new version in that cycle. */
  Run evolve(SampleLineage lineage, String input, int cycle) throws SQLException {
    time.passes(600, 14_000);
    SampleLineage.Version from = lineage.version;
    SampleLineage.Version next =
        new SampleLineage.Version(
            app.newId(),
            from.number() + 1,
            sandbox.evolved(lineage),
            Math.min(1, tenthMore(from.temperature())),
            tenthMore(from.penalty()),
            from.createdAt());
    String evolutionId = evolver.evolve(lineage, next, time.now());
    versions++;
    lineage.cycle = cycle;
    return start(lineage, input, evolutionId);
  }

  private static double tenthMore(double value) {
    return Math.round(10 * value + 1) / 10.0;
  }

  private Run start(SampleLineage lineage, String input, @Nullable String evolutionId)
      throws SQLException {
    boolean fails = attempts >= SURE_RUNS && random.nextDouble() < FAILS;
    CampRuns.Execution execution =
        new CampRuns.Execution(
            app.newId(),
            app.newId(),
            input,
            fails ? "" : sandbox.answer(lineage.version, input, 0),
            fails ? plan.errors().get(random.nextInt(plan.errors().size())) : null,
            duration(),
            evolutionId);
    runs.start(lineage, execution, time.now());
    attempts++;
    failed += fails ? 1 : 0;
    return new Run(lineage, execution);
  }

  private int duration() {
    return random.nextInt(400, 7_500);
  }

  /** The run ends and leaves its artifact. */
  void finish(Run run) throws SQLException {
    SampleLineage lineage = run.lineage();
    CampRuns.Execution execution = run.execution();
    if (execution.error() == null) {
      runs.completed(lineage.version, execution, time.now());
    }
    String artifactId = app.newId();
    runs.artifact(artifactId, lineage, execution, time.now());
    lineage.latest =
        new SampleLineage.Artifact(artifactId, execution.input(), execution.output(), null, null);
  }

  int versions() {
    return versions;
  }

  int attempts() {
    return attempts;
  }

  int failed() {
    return failed;
  }

  int analysed() {
    return analysed;
  }
}
