package dev.lightningbridge.runs;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.runs.ending.ModelStore;
import dev.lightningbridge.runs.ending.RunReports;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.ending.RunTraces;
import dev.lightningbridge.runs.ledger.TestOpenings;
import dev.lightningbridge.runs.people.PeopleStore;
import dev.lightningbridge.runs.people.PeopleTests;
import dev.lightningbridge.runs.promotion.Promotions;
import dev.lightningbridge.runs.promotion.ProposalFindings;
import dev.lightningbridge.runs.promotion.ProposalStore;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RequestParts;
import dev.lightningbridge.runs.request.RunPolicy;
import dev.lightningbridge.runs.request.SearchStrategy;
import dev.lightningbridge.runs.training.Trainers;
import dev.lightningbridge.runs.work.Engines;
import dev.lightningbridge.runs.work.Optimization;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A home folder, a database of one triage session, and engines that find what a test wants. */
public final class RunLab implements AutoCloseable {
  public static final SandboxTruth TRUTH = SandboxTruth.ofSeed(7);

  public final Path camp;
  public final String session;
  public final String lineage;
  public final List<String> lineages;
  public final String baseline;
  public final List<RunEvent> events = new ArrayList<>();
  private String asked;
  public final Cancellation cancellation = new Cancellation();
  public final BridgeDatabase database;
  public final RunStore runs;
  public final ProposalStore proposals;
  public final ProposalFindings findings;
  public final Promotions promotions;
  public final ModelStore models;
  public boolean humanNotes = true;
  public String judge = "careful";
  public boolean acceptJudge;
  public boolean noRegression;
  public boolean earlyStop;
  public double leastEffect = RunPolicy.LEAST_EFFECT;
  boolean asPlainPrompt;
  public long seed;
  public long splitSeed;
  public @Nullable TrainingSettings training;
  AgentChoice agent = new AgentChoice.Prompt();
  boolean onlyGivenTasks;
  public List<String> pool = List.of();
  public @Nullable ExternalGrader externalGrader;
  RunTraces traces = RunTraces.NONE;
  public CampGuard guard = CampGuard.NONE;
  private final Path reports;
  private final Clock clock;

  public RunLab(Path folder, int inputs) {
    this(folder, inputs, Clock.systemUTC(), List.of("A"));
  }

  /** With lineages of these labels, each with an attempt on every input. */
  public RunLab(Path folder, int inputs, Clock clock, List<String> labels) {
    this(
        folder,
        inputs,
        clock,
        labels,
        BridgeDatabase.open(BridgeHome.open(folder.resolve("home"))));
  }

  /** With runs in this database, which it closes. */
  public RunLab(
      Path folder, int inputs, Clock clock, List<String> labels, BridgeDatabase database) {
    this.clock = clock;
    this.database = database;
    camp = folder.resolve("camp.db");
    try (CampFixture fixture = CampFixture.create(camp, 9)) {
      session = fixture.session("Tickets", "Sort tickets", null);
      asked = session;
      lineages = labels.stream().map(label -> fixture.lineage(session, label)).toList();
      lineage = lineages.get(0);
      baseline = fixture.agent(lineage, TRUTH.seedPrompt(SandboxDomain.TRIAGE));
      attempts(fixture, baseline, inputs);
      for (String other : lineages.subList(1, lineages.size())) {
        attempts(fixture, fixture.agent(other, TRUTH.seedPrompt(SandboxDomain.TRIAGE)), inputs);
      }
    }
    runs = new RunStore(database, clock);
    proposals = new ProposalStore(database, clock);
    findings = new ProposalFindings(database, runs, CampGuard.NONE, clock);
    promotions = new Promotions(proposals, runs, findings, CampGuard.NONE, clock);
    models = new ModelStore(database);
    reports = folder.resolve("reports");
  }

  private static void attempts(CampFixture fixture, String agent, int inputs) {
    attempts(fixture, agent, TRUTH.inputs(SandboxDomain.TRIAGE, inputs));
  }

  /** An agent's outputs for these inputs, of different skill, each with its score. */
  static void attempts(CampFixture fixture, String agent, List<String> inputs) {
    int cycle = 0;
    for (String input : inputs) {
      String output = output(cycle, input);
      CampFixture.Run run = fixture.run(agent, ++cycle, input, output);
      long score = Math.round(1 + 9 * TRUTH.trueReward(input, output));
      fixture.score(run.artifactId(), (int) score, null);
    }
  }

  /** What agents of very different skill answer. */
  private static String output(int cycle, String input) {
    String best = TRUTH.bestPrompt(SandboxDomain.TRIAGE);
    String half = best.substring(0, best.lastIndexOf("\n- ", best.length() * 2 / 3));
    return answer(
        List.of(TRUTH.seedPrompt(SandboxDomain.TRIAGE), half, best).get(cycle % 3), input);
  }

  /** What an agent of this prompt answers. */
  public static String answer(String prompt, String input) {
    try {
      return SandboxModel.ofSeed(7)
          .complete(ChatRequest.of(ModelRole.WORKER, "m", prompt, input, 0.7))
          .text();
    } catch (ModelException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An engine that measures the current prompt on validation and then finds the one given. */
  public PromptOptimizer finding(String prompt) {
    return engine(
        (job, context) -> {
          context.events().on(new RunEvent.CandidateMade("v0", null, 0, job.seedPrompt(), null));
          try {
            for (var task : job.validation()) {
              context.rollouts().run(job.seedPrompt(), task);
            }
          } catch (ModelException e) {
            return new OptimizationResult(
                job.seedPrompt(), Double.NaN, StopReason.BUDGET_EXHAUSTED);
          }
          context.events().on(new RunEvent.CandidateMade("v1", "v0", 1, prompt, "Say JSON."));
          return new OptimizationResult(prompt, 0.9, StopReason.FINISHED);
        });
  }

  public static OptimizationResult found(String prompt) {
    return new OptimizationResult(prompt, 0.9, StopReason.FINISHED);
  }

  public static PromptOptimizer engine(Search search) {
    return new PromptOptimizer() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public OptimizationResult optimize(OptimizationJob job, Context context) {
        return search.run(job, context);
      }
    };
  }

  public interface Search {
    OptimizationResult run(OptimizationJob job, PromptOptimizer.Context context);
  }

  public RunResult run(PromptOptimizer engine, OptimizeRequest request) {
    return optimization(engine).run(request, events::add, cancellation);
  }

  public RunResult resume(PromptOptimizer engine, String runId) {
    return optimization(engine).resume(runId, events::add, cancellation);
  }

  public Optimization optimization(PromptOptimizer engine) {
    return optimization((OptimizeRequest request) -> engine);
  }

  /** With a trainer that makes nothing. */
  public Optimization optimization(Engines engines) {
    return optimization(engines, new PlayedTraining());
  }

  public Optimization optimization(PlayedTraining played) {
    return optimization(played, played);
  }

  public Optimization optimization(Engines engines, Trainers trainers) {
    return new Optimization(
        database,
        runs,
        proposals,
        promotions,
        findings,
        new RunReports(reports, runs, clock),
        people(),
        engines,
        trainers,
        reports.resolveSibling("training"),
        guard,
        traces,
        clock);
  }

  public PeopleTests people() {
    return new PeopleTests(
        new PeopleStore(database, clock),
        runs,
        proposals,
        findings,
        new EvidenceStore(database),
        new TestOpenings(database, clock),
        clock);
  }

  public OptimizeRequest request() {
    return request(Limits.NONE, false, null);
  }

  public OptimizeRequest request(Limits limits, boolean autoPromote, @Nullable Path tasks) {
    return request(sandbox(), "auto", limits, autoPromote, tasks, 0);
  }

  public OptimizeRequest ofSession(String id) {
    asked = id;
    return request();
  }

  public OptimizeRequest synthesizing(int tasks) {
    return request(sandbox(), "auto", Limits.NONE, false, null, tasks);
  }

  private ModelAccess sandbox() {
    return new ModelAccess.Sandbox(7, 0, judge);
  }

  public OptimizeRequest request(
      ModelAccess model,
      String grader,
      Limits limits,
      boolean autoPromote,
      @Nullable Path tasks,
      int synthesize) {
    return new OptimizeRequest(
        new RequestParts.Subject(camp, asked, null, false, asPlainPrompt, false, pool),
        RequestParts.Answering.of(model),
        new RequestParts.OnTasks(tasks, onlyGivenTasks, synthesize, 16, splitSeed),
        new RequestParts.Searching(
            EngineChoice.JAVA,
            SearchStrategy.RACING,
            ApoSettings.DEFAULT,
            seed,
            humanNotes,
            false,
            PromptRules.NONE),
        new RequestParts.Grading(grader, externalGrader),
        training,
        agent,
        limits,
        new RunPolicy(autoPromote, acceptJudge, noRegression, leastEffect, earlyStop));
  }

  @Override
  public void close() {
    database.close();
  }
}
