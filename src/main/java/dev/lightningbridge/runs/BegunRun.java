package dev.lightningbridge.runs;

import dev.lightningbridge.grading.GradedBy;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A run under way: what it was asked for, and what it is about. */
public record BegunRun(String runId, String engine, OptimizeRequest request, RunPlan plan) {
  /** This, with tasks that were written since. */
  public BegunRun withPlan(RunPlan other) {
    return new BegunRun(runId, engine, request, other);
  }

  /** How the run's model is trained, where it is a training. */
  public TrainingSettings training() {
    return Objects.requireNonNull(request.training(), "the run trains no model");
  }

  /** The models that the run serves itself, by name: the base, and what it makes of it. */
  public List<String> ownModels() {
    TrainingSettings training = request.training();
    if (training == null) {
      return List.of();
    }
    String base = String.valueOf(training.model().getFileName());
    return List.of(
        base, "%s-%s-%s".formatted(base, training.algorithm().label(), runId.substring(0, 8)));
  }

  /** This, of which nobody writes critiques and edits. */
  public BegunRun withoutCritic() {
    return new BegunRun(runId, engine, request.withoutCritic(), plan);
  }

  /** The roles whose models the run calls. */
  public Set<ModelRole> roles() {
    Set<ModelRole> roles = EnumSet.noneOf(ModelRole.class);
    boolean own = request.training() != null;
    if (!own) {
      roles.add(ModelRole.WORKER);
      if (request.hasCritic()) {
        roles.addAll(EnumSet.of(ModelRole.CRITIC, ModelRole.EDITOR));
      }
    }
    if (request.synthesize() > 0) {
      roles.add(ModelRole.SYNTHESIZER);
    }
    RunPlan whole = plan.withMore(Synthesis.placeholders(request.synthesize(), plan.tasks()));
    if (whole.gradedBy(request) instanceof GradedBy.Judge) {
      roles.add(ModelRole.JUDGE);
    }
    return roles;
  }

  /** What grades it. */
  public GradedBy gradedBy() {
    return plan.gradedBy(request);
  }
}
