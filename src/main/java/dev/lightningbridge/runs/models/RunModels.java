package dev.lightningbridge.runs.models;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.CallJournal;
import dev.lightningbridge.model.CallListener;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.GatewayEndpoint;
import dev.lightningbridge.model.ModelEndpoint;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelGateway;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.OwnModels;
import dev.lightningbridge.model.Patience;
import dev.lightningbridge.model.PriceTable;
import dev.lightningbridge.model.sandbox.JudgeHabit;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.ModelUse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run's gateway to its model, and the gateway's endpoint for other processes. */
public final class RunModels implements AutoCloseable {
  /** A judge's instructions with their examples, an output and the answer, roughly. */
  public static final int TOKENS_A_JUDGEMENT = 2_000;

  /** A model that thinks may be asked again with more room. */
  private static final int REQUESTS_A_CALL = 4;

  private final ChatModel upstream;
  private final OwnModels own;
  private final ModelGateway gateway;
  private final GatewayEndpoint endpoint;
  private final ModelUse use;
  private final String agentModel;
  private final String judge;
  private final double usdAJudgement;

  private RunModels(
      ChatModel upstream,
      OwnModels own,
      ModelGateway gateway,
      GatewayEndpoint endpoint,
      ModelUse use,
      String agentModel,
      String judge,
      double usdAJudgement) {
    this.upstream = upstream;
    this.own = own;
    this.gateway = gateway;
    this.endpoint = endpoint;
    this.use = use;
    this.agentModel = agentModel;
    this.judge = judge;
    this.usdAJudgement = usdAJudgement;
  }

  /**
   * Opens it.
   *
   * @param roles that will be called
   */
  public static RunModels open(
      ModelUse use,
      String agentModel,
      Set<ModelRole> roles,
      CallJournal journal,
      CallListener calls,
      Cancellation cancellation) {
    PriceTable bundled = PriceTable.bundled();
    PriceTable prices =
        (use.prices() == null ? bundled : bundled.with(use.prices())).withFree(use.own());
    ChatModel upstream = upstream(use.access(), calls::notice);
    OwnModels own = new OwnModels(upstream);
    ModelNames names = use.sandbox() ? sandboxNames(use) : names(use, agentModel);
    String judge = names.of(ModelRole.JUDGE, agentModel);
    ModelGateway gateway =
        ModelGateway.before(own)
            .names(names)
            .roles(roles)
            .limits(use.limits())
            .journal(journal)
            .listener(calls)
            .prices(prices)
            .patience(patience(use.access()))
            .maxOutputTokens(maxOutputTokens(use.access()))
            .random(new Random(use.seed()))
            .cancellation(cancellation)
            .build();
    return new RunModels(
        upstream,
        own,
        gateway,
        GatewayEndpoint.before(gateway).open(),
        use,
        agentModel,
        judge(use.access(), judge),
        prices.usd(judge, TOKENS_A_JUDGEMENT, 0).orElse(0));
  }

  /** The endpoint's own time-out ends an answer; a call's is there for several requests in one. */
  private static Patience patience(ModelAccess access) {
    return switch (access) {
      case ModelAccess.Sandbox sandbox -> Patience.NONE;
      case ModelAccess.Endpoint endpoint ->
          Patience.DEFAULT.withCallTimeout(
              RoleEndpoints.longestTimeout(endpoint).multipliedBy(REQUESTS_A_CALL));
      case ModelAccess.None none -> Patience.DEFAULT;
    };
  }

  private static @Nullable Integer maxOutputTokens(ModelAccess access) {
    return access instanceof ModelAccess.Endpoint endpoint
        ? endpoint.extras().maxOutputTokens()
        : null;
  }

  private static String judge(ModelAccess access, String name) {
    return switch (access) {
      case ModelAccess.Sandbox sandbox ->
          "%s (%s, seed %d)".formatted(name, sandbox.judge(), sandbox.seed());
      case ModelAccess.Endpoint endpoint ->
          "%s at %s".formatted(name, endpoint.of("judge").baseUrl());
      case ModelAccess.None none -> name;
    };
  }

  private static ChatModel upstream(ModelAccess access, Consumer<String> notices) {
    return switch (access) {
      case ModelAccess.Sandbox sandbox ->
          SandboxModel.builder()
              .seed(sandbox.seed())
              .latency(Duration.ofMillis(sandbox.latencyMs()))
              .judge(JudgeHabit.named(sandbox.judge()))
              .build();
      case ModelAccess.Endpoint endpoint -> RoleEndpoints.open(endpoint, System.getenv(), notices);
      case ModelAccess.None none ->
          request -> {
            throw new ModelException(
                ModelException.Kind.BAD_REQUEST, "the run has no endpoint for " + request.model());
          };
    };
  }

  private static ModelNames sandboxNames(ModelUse use) {
    return use.own().isEmpty()
        ? ModelNames.sandbox()
        : ModelNames.sandbox(EnumSet.complementOf(EnumSet.of(ModelRole.WORKER)));
  }

  public static ModelNames names(ModelUse use, String agentModel) {
    ModelNames.Builder names = ModelNames.builder().agentModel(agentModel);
    for (ModelRole role : ModelRole.values()) {
      if (role == ModelRole.WORKER && !use.own().isEmpty()) {
        continue;
      }
      // The others are the agent's model too unless they are named, by whatever name they ask for
      // it.
      @Nullable String agents = use.own().isEmpty() ? use.names().get("worker") : null;
      @Nullable String name = use.names().get(role.name().toLowerCase(Locale.ROOT));
      names.role(role, name == null ? agents : name);
    }
    use.aliases().forEach(names::alias);
    return names.build();
  }

  /**
   * Calls each model of the endpoints that the roles need once; the simulated model and those that
   * the run serves itself need no such call.
   *
   * @param first what the agent's model is asked; empty where there is nothing to ask it
   * @param spare roles that the run can do without
   * @return what cannot be had of them, each with the reason
   * @throws BridgeException LB-7130, LB-7131 where one does not answer
   */
  public List<String> check(
      Set<ModelRole> roles,
      Optional<FirstCall> first,
      Set<ModelRole> spare,
      RunEvent.Listener events,
      Cancellation cancellation) {
    Map<ModelRole, EndpointCheck.Place> used = EndpointCheck.places(use, agentModel, roles);
    if (used.isEmpty()) {
      return List.of();
    }
    EndpointCheck.Answers answers = EndpointCheck.of(gateway, used, first, spare, cancellation);
    events.on(new RunEvent.Note("info", answers.words()));
    return answers.missing();
  }

  /** The models that the run serves itself. */
  public OwnModels own() {
    return own;
  }

  public ModelGateway gateway() {
    return gateway;
  }

  /** The model that the agent version names. */
  public String agentModel() {
    return agentModel;
  }

  /** The name of the agent's model; null for the simulated one. */
  public @Nullable String worker() {
    return use.sandbox() ? null : names(use, agentModel).of(ModelRole.WORKER, agentModel);
  }

  /** The judge's model, told apart from every other one. */
  public String judge() {
    return judge;
  }

  /** About what a judgement costs; 0 where no price is known. */
  public double usdAJudgement() {
    return usdAJudgement;
  }

  public ModelEndpoint endpoint() {
    return endpoint.endpoint();
  }

  @Override
  public void close() {
    endpoint.close();
    gateway.close();
    if (upstream instanceof RoleEndpoints real) {
      real.close();
    }
  }
}
