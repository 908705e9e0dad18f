package dev.lightningbridge.web;

import dev.lightningbridge.api.requests.NewTraining;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.runs.request.AskedRun;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import org.jspecify.annotations.Nullable;

/** The fields by which a page asks for a training; an empty one has the server's default. */
public class TrainingForm {
  @FormParam("algorithm")
  @DefaultValue(AskedRun.PROMPT)
  String algorithm = AskedRun.PROMPT;

  @FormParam("baseModel")
  @DefaultValue("")
  String baseModel = "";

  @FormParam("minScore")
  @Nullable Integer minScore;

  @FormParam("steps")
  @Nullable Integer steps;

  @FormParam("batch")
  @Nullable Integer batch;

  @FormParam("rollouts")
  @Nullable Integer rollouts;

  @FormParam("learningRate")
  @Nullable Double learningRate;

  @FormParam("beta")
  @Nullable Double beta;

  @FormParam("loraRank")
  @Nullable Integer loraRank;

  @FormParam("gpus")
  @Nullable Integer gpus;

  @FormParam("cpuTrial")
  @DefaultValue("false")
  boolean cpuTrial;

  /**
   * What is asked for; null where a prompt is. Fields that the page does not show for the algorithm
   * ask for nothing.
   */
  @Nullable NewTraining asked() {
    boolean rl = isRl();
    return algorithm.equals(AskedRun.PROMPT)
        ? null
        : new NewTraining(
            algorithm,
            baseModel,
            rl ? null : minScore,
            batch,
            rl ? rollouts : null,
            steps,
            gpus,
            null,
            learningRate,
            algorithm.equals(Algorithm.SFT.label()) ? null : beta,
            loraRank,
            null,
            rl && cpuTrial);
  }

  boolean isRl() {
    return algorithm.equals(Algorithm.RL.label());
  }
}
