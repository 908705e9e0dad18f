package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.grading.Rubric;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.sandbox.JudgeHabit;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** The sandbox's outputs, scored as people would who know its hidden truth and err by a point. */
public final class SandboxScores {
  private static final long SEED = 7;

  private SandboxScores() {}

  /** Outputs of two lineages: one of the first prompt, one that is half the way to the best. */
  public static List<ScoredOutput> triage(int count) throws ModelException {
    SandboxTruth truth = SandboxTruth.ofSeed(SEED);
    SandboxModel worker = SandboxModel.ofSeed(SEED);
    String seed = truth.seedPrompt(SandboxDomain.TRIAGE);
    String best = truth.bestPrompt(SandboxDomain.TRIAGE);
    String half = best.substring(0, best.lastIndexOf("\n- ", best.length() * 2 / 3));
    Random people = new Random(SEED);
    List<ScoredOutput> scored = new ArrayList<>();
    List<String> inputs = truth.inputs(SandboxDomain.TRIAGE, count);
    for (int i = 0; i < count; i++) {
      String prompt = i % 3 == 0 ? seed : i % 3 == 1 ? half : best;
      String input = inputs.get(i);
      String output =
          worker.complete(ChatRequest.of(ModelRole.WORKER, "m", prompt, input, 0.7)).text();
      double felt = 1 + 9 * truth.trueReward(input, output) + people.nextGaussian();
      int score = (int) Math.clamp(Math.round(felt), 1, 10);
      String comment = i % 4 == 0 ? String.join(" ", truth.violated(input, output)) : null;
      scored.add(
          new ScoredOutput("artifact-" + i, i % 2 == 0 ? "A" : "B", input, output, score, comment));
    }
    return scored;
  }

  public static CalibrationReport report(JudgeHabit habit, int count) throws ModelException {
    SandboxModel sandbox = SandboxModel.builder().seed(SEED).judge(habit).build();
    Map<String, Integer> made = new ConcurrentHashMap<>();
    ChatModel counting =
        request ->
            sandbox.complete(
                request.withOrdinal(made.merge(request.body().toString(), 1, Integer::sum) - 1));
    return new JudgeCalibration(
            counting,
            "sandbox-judge",
            new Rubric("Triage of support tickets.", null, List.of(), List.of()),
            2,
            new Cancellation(),
            SEED)
        .run(triage(count));
  }
}
