package dev.lightningbridge.cli;

import dev.lightningbridge.cli.options.NamedModelOptions;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.ModelUse;
import dev.lightningbridge.runs.work.EndpointTrial;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Whether an endpoint answers as a run would call it, as the doctor tells it. */
final class EndpointFinding {
  /** Where no model was named; servers of one model take any name. */
  private static final String ANY_MODEL = "default";

  /** A server may still be loading its model. */
  private static final Duration AT_MOST = Duration.ofSeconds(60);

  private static final Set<ModelRole> ROLES =
      EnumSet.of(ModelRole.WORKER, ModelRole.CRITIC, ModelRole.EDITOR, ModelRole.JUDGE);

  private EndpointFinding() {}

  /** Calls each model that was named once. */
  static DoctorCommand.Finding of(
      ModelAccess.Endpoint access, NamedModelOptions named, Cancellation cancellation) {
    ModelUse use = new ModelUse(access, named.names(), named.aliases, null, Limits.NONE, 0);
    String model = named.worker == null ? ANY_MODEL : named.worker;
    try {
      EndpointTrial.Answered answered = EndpointTrial.of(use, model, ROLES, AT_MOST, cancellation);
      return new DoctorCommand.Finding(
          "endpoint",
          true,
          true,
          String.format(
              Locale.ROOT,
              "%s (%s, %.1f s)",
              String.join(" ", answered.said()),
              Figures.spent(answered.calls(), answered.tokens(), answered.usd()),
              answered.ms() / 1000.0),
          null,
          null);
    } catch (BridgeException e) {
      String unnamed =
          named.worker == null ? "Name the agent's model by --model if it is another. " : "";
      return new DoctorCommand.Finding(
          "endpoint",
          false,
          true,
          "%s (%s)".formatted(e.what(), e.where()),
          unnamed + e.remedy(),
          e.code().id());
    }
  }
}
