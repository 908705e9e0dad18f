package dev.lightningbridge.runs;

import dev.lightningbridge.camp.Attempt;
import dev.lightningbridge.camp.Corpus;
import dev.lightningbridge.dataset.Split;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.grading.Graders;
import dev.lightningbridge.grading.calibration.JudgeCalibration;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.PriceTable;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * About what a run will call and cost if nothing ends it early, known before its first call.
 *
 * @param test sealed test tasks; {@code missing} how many inputs a split lacks, then nothing is
 *     called
 * @param judged whether a judge grades; its own test is among the calls
 * @param usd null where the price of one of the models is not known; 0 for the simulated model
 */
public record RunEstimate(
    int train,
    int validation,
    int test,
    int missing,
    boolean judged,
    long calls,
    long tokens,
    @Nullable Double usd) {
  private static final int CHARACTERS_A_TOKEN = 4;

  /** Prompts grow while they are improved. */
  private static final double GROWTH = 1.5;

  /** What a critic reads beside the rollouts, and writes. */
  private static final int CRITIQUE = 400;

  /** What a judge reads beside the output, and writes. */
  private static final int JUDGED = 900;

  private static final int VERDICT = 120;
  private static final int MOST_JUDGED = 100;
  private static final int LOOKED_AT = 500;

  static RunEstimate of(OptimizeRequest request, RunPlan plan, Corpus corpus) {
    Optional<Split> split = plan.split(request);
    boolean judged = judged(request, plan);
    if (split.isEmpty()) {
      return new RunEstimate(0, 0, 0, plan.missing(request), judged, 0, 0, 0.0);
    }
    int train = split.get().train().size();
    int validation = split.get().validation().size();
    int test = split.get().test().size();
    long rollouts = request.settings().plannedRollouts(train, validation) + 2L * test;
    long edits = request.settings().plannedOptimizerCalls();
    long judgements = judged ? rollouts + JudgeCalibration.judgements(MOST_JUDGED) : 0;
    double prompt = GROWTH * tokens(plan.choice().baseline().systemPrompt().length());
    double input =
        plan.tasks().stream().mapToInt(t -> tokens(t.input().length())).average().orElse(0);
    double output = output(corpus, plan.choice().session().id());
    double shown = request.settings().gradientBatchSize() * (input + output);
    Costs costs = new Costs(request, plan.choice().baseline().model().modelId());
    costs.add(ModelRole.WORKER, rollouts, prompt + input, output);
    costs.add(ModelRole.CRITIC, edits / 2, prompt + shown + CRITIQUE, CRITIQUE);
    costs.add(ModelRole.EDITOR, edits / 2, prompt + 2 * CRITIQUE, prompt);
    costs.add(ModelRole.JUDGE, judgements, JUDGED, VERDICT);
    return new RunEstimate(
        train,
        validation,
        test,
        0,
        judged,
        rollouts + edits + judgements,
        Math.round(costs.tokens),
        costs.known ? costs.usd : null);
  }

  private static boolean judged(OptimizeRequest request, RunPlan plan) {
    return !Graders.forTasks(
            GraderChoice.named(request.grader()), plan.tasks(), () -> new Judge("judge"))
        .exact();
  }

  /** Stands for the judge where nobody is judged. */
  private record Judge(String name) implements Grader {
    @Override
    public boolean exact() {
      return false;
    }

    @Override
    public Grade grade(Task task, String output) {
      throw new IllegalStateException("nothing is graded for an estimate");
    }
  }

  private static double output(Corpus corpus, String sessionId) {
    try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
      return attempts
          .map(Attempt::output)
          .filter(text -> text != null)
          .limit(LOOKED_AT)
          .mapToInt(text -> tokens(text.length()))
          .average()
          .orElse(CRITIQUE);
    }
  }

  private static int tokens(int characters) {
    return characters / CHARACTERS_A_TOKEN + 1;
  }

  /** Adds up what calls cost. */
  private static final class Costs {
    private final OptimizeRequest request;
    private final PriceTable prices;
    private final ModelNames names;
    private final String agentModel;
    private double tokens;
    private double usd;
    private boolean known = true;

    Costs(OptimizeRequest request, String agentModel) {
      this.request = request;
      this.agentModel = agentModel;
      PriceTable bundled = PriceTable.bundled();
      this.prices = request.prices() == null ? bundled : bundled.with(request.prices());
      this.names = RunModels.names(request.modelUse(), agentModel);
    }

    void add(ModelRole role, long calls, double promptTokens, double answerTokens) {
      tokens += calls * (promptTokens + answerTokens);
      if (calls > 0 && !request.modelUse().sandbox()) {
        OptionalDouble price =
            prices.usd(
                names.of(role, agentModel),
                Math.round(calls * promptTokens),
                Math.round(calls * answerTokens));
        known &= price.isPresent();
        usd += price.orElse(0);
      }
    }
  }
}
