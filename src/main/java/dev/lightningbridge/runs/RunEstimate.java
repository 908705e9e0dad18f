package dev.lightningbridge.runs;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.Split;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.GradedBy;
import dev.lightningbridge.grading.calibration.JudgeCalibration;
import dev.lightningbridge.model.ModelRole;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * About what a run will call and cost if nothing ends it early, known before its first call. Inputs
 * that the model is to write count as if it had written them.
 *
 * @param train training tasks; {@code validation} and {@code test}, the sealed ones, likewise
 * @param missing how many inputs a split lacks: where it is not 0, nothing is called
 * @param judged whether a judge grades; its own test is among the calls
 * @param usd null where the price of one of the models is not known; 0 for the simulated model
 * @param judgeTest the part of it that holds the judge against people
 * @param sealedTest the part of it that compares on the sealed tasks
 * @param endpointCheck the part of it that tries each model of each endpoint before anything else
 * @param training what will be trained; null where a prompt is searched for
 * @param atLeast whether it may be more: one call a rollout is counted, and the agent is a program
 *     that makes its calls itself
 * @param opening which test of the lineage the sealed test would be, and at which level; null where
 *     inputs lack
 * @param externalGrades null where no grader outside of this program grades
 */
public record RunEstimate(
    int train,
    int validation,
    int test,
    int missing,
    boolean judged,
    long calls,
    long tokens,
    @Nullable Double usd,
    Part judgeTest,
    Part sealedTest,
    Part endpointCheck,
    @Nullable Training training,
    boolean atLeast,
    @Nullable TestOpening opening,
    @Nullable ExternalGrades externalGrades) {
  /** Of a run whose agent is a prompt: each rollout is one call of its model. */
  RunEstimate(
      int train,
      int validation,
      int test,
      int missing,
      boolean judged,
      long calls,
      long tokens,
      @Nullable Double usd,
      Part judgeTest,
      Part sealedTest,
      Part endpointCheck,
      @Nullable Training training,
      @Nullable TestOpening opening,
      @Nullable ExternalGrades externalGrades) {
    this(
        train,
        validation,
        test,
        missing,
        judged,
        calls,
        tokens,
        usd,
        judgeTest,
        sealedTest,
        endpointCheck,
        training,
        false,
        opening,
        externalGrades);
  }

  /** The same of an agent that is a program: a rollout makes as many calls as it likes. */
  RunEstimate withAtLeast() {
    return new RunEstimate(
        train,
        validation,
        test,
        missing,
        judged,
        calls,
        tokens,
        usd,
        judgeTest,
        sealedTest,
        endpointCheck,
        training,
        true,
        opening,
        externalGrades);
  }

  /**
   * Calls and what they cost.
   *
   * @param usd null where a price is not known
   */
  public record Part(long calls, long tokens, @Nullable Double usd) {
    static final Part NONE = new Part(0, 0, 0.0);
  }

  /**
   * A training, which itself calls no model through the gateway.
   *
   * @param examples that there are to learn from; null for RL, which has none
   * @param needed where there are fewer, nothing is trained
   * @param steps of the optimiser
   * @param measured whether anything can grade the trained model; else it is kept and held
   */
  public record Training(@Nullable Long examples, int needed, int steps, boolean measured) {
    /** Whether there are too few examples to train on. */
    public boolean tooFew() {
      return examples != null && examples < needed;
    }
  }

  /**
   * What a grader outside of this program is asked for; it is not known what that costs.
   *
   * @param grader its name
   */
  public record ExternalGrades(String grader, long grades) {
    static @Nullable ExternalGrades of(GradedBy by, long grades) {
      return by instanceof GradedBy.External external
          ? new ExternalGrades(external.grader().name(), grades)
          : null;
    }
  }

  /** Inputs that are shown to who writes more. */
  private static final int SYNTHESIS = 24;

  static final int MOST_JUDGED = 100;
  private static final int LOOKED_AT = 500;

  /**
   * Of a search.
   *
   * @param openings gives the opening that these sealed tasks would be
   */
  static RunEstimate of(
      OptimizeRequest request,
      RunPlan read,
      Corpus corpus,
      Function<List<Task>, TestOpening> openings) {
    List<Task> written = Synthesis.placeholders(request.synthesize(), read.tasks());
    RunPlan plan = read.withMore(written).splitBy(request);
    Optional<Split> split = plan.split(request);
    GradedBy by = plan.gradedBy(request);
    boolean judged = by instanceof GradedBy.Judge;
    if (split.isEmpty()) {
      return new RunEstimate(
          0,
          0,
          0,
          plan.missing(request),
          judged,
          0,
          0,
          0.0,
          Part.NONE,
          Part.NONE,
          Part.NONE,
          null,
          null,
          ExternalGrades.of(by, 0));
    }
    int train = split.get().train().size();
    int validation = split.get().validation().size();
    int test = split.get().test().size();
    long rollouts = request.settings().plannedRollouts(train, validation) + 2L * test;
    long edits = request.settings().plannedOptimizerCalls();
    long calibration = judged ? JudgeCalibration.judgements(MOST_JUDGED) : 0;
    long judgements = judged ? rollouts + calibration : 0;
    double prompt =
        CostModel.GROWTH * CostModel.tokens(plan.choice().baseline().systemPrompt().length());
    double input = input(read);
    double output = output(corpus, plan.choice().session().id());
    double shown = request.settings().gradientBatchSize() * (input + output);
    long batches = Synthesis.batches(written.size());
    String model = plan.choice().baseline().model().modelId();
    EstimatedCosts sealed = new EstimatedCosts(request.modelUse(), model);
    sealed.add(ModelRole.WORKER, 2L * test, prompt + input, output);
    sealed.add(ModelRole.JUDGE, judged ? 2L * test : 0, CostModel.JUDGED, CostModel.VERDICT);
    Part check =
        EndpointCheck.costs(
            request.modelUse(), model, new RunOutcome("", "", request, read).roles());
    EstimatedCosts costs = new EstimatedCosts(request.modelUse(), model);
    costs.add(check);
    costs.add(ModelRole.SYNTHESIZER, batches, SYNTHESIS * input, Synthesis.BATCH * input);
    costs.add(ModelRole.WORKER, rollouts, prompt + input, output);
    costs.add(ModelRole.CRITIC, edits / 2, prompt + shown + CostModel.CRITIQUE, CostModel.CRITIQUE);
    costs.add(ModelRole.EDITOR, edits / 2, prompt + 2 * CostModel.CRITIQUE, prompt);
    costs.add(ModelRole.JUDGE, judgements, CostModel.JUDGED, CostModel.VERDICT);
    return new RunEstimate(
        train,
        validation,
        test,
        0,
        judged,
        check.calls() + batches + rollouts + edits + judgements,
        costs.tokens(),
        costs.usd(),
        judgeTest(request.modelUse(), model, calibration),
        sealed.part(),
        check,
        null,
        openings.apply(split.get().test()),
        ExternalGrades.of(by, rollouts));
  }

  static Part judgeTest(ModelUse use, String model, long judgements) {
    EstimatedCosts costs = new EstimatedCosts(use, model);
    costs.add(ModelRole.JUDGE, judgements, CostModel.JUDGED, CostModel.VERDICT);
    return costs.part();
  }

  /** Which test the sealed one would be, and what it has to pass; empty where inputs lack. */
  public Optional<String> testInWords() {
    return opening == null ? Optional.empty() : Optional.of(opening.wouldBe(test));
  }

  static double input(RunPlan plan) {
    return plan.tasks().stream()
        .mapToInt(t -> CostModel.tokens(t.input().length()))
        .average()
        .orElse(CostModel.CRITIQUE);
  }

  static double output(Corpus corpus, String sessionId) {
    try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
      return attempts
          .map(Attempt::output)
          .filter(text -> text != null)
          .limit(LOOKED_AT)
          .mapToInt(text -> CostModel.tokens(text.length()))
          .average()
          .orElse(CostModel.CRITIQUE);
    }
  }
}
