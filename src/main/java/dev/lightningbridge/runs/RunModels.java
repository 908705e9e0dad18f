package dev.lightningbridge.runs;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.ApiKey;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.GatewayEndpoint;
import dev.lightningbridge.model.ModelEndpoint;
import dev.lightningbridge.model.ModelGateway;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.OpenAiUpstream;
import dev.lightningbridge.model.Patience;
import dev.lightningbridge.model.PriceTable;
import dev.lightningbridge.model.SqliteCallJournal;
import dev.lightningbridge.model.sandbox.JudgeHabit;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A run's gateway to its model, and the gateway's endpoint for other processes. */
final class RunModels implements AutoCloseable {
  private final ChatModel upstream;
  private final ModelGateway gateway;
  private final GatewayEndpoint endpoint;

  private RunModels(ChatModel upstream, ModelGateway gateway, GatewayEndpoint endpoint) {
    this.upstream = upstream;
    this.gateway = gateway;
    this.endpoint = endpoint;
  }

  static RunModels open(
      OptimizeRequest request,
      String agentModel,
      BridgeDatabase database,
      String runId,
      Clock clock,
      Cancellation cancellation) {
    boolean sandbox = request.model() instanceof ModelAccess.Sandbox;
    PriceTable prices = PriceTable.bundled();
    ChatModel upstream = upstream(request.model());
    ModelGateway gateway =
        ModelGateway.before(upstream)
            .names(sandbox ? ModelNames.sandbox() : names(request, agentModel))
            .limits(request.limits())
            .journal(new SqliteCallJournal(database, runId, clock))
            .prices(request.prices() == null ? prices : prices.with(request.prices()))
            .patience(sandbox ? Patience.NONE : Patience.DEFAULT)
            .random(new Random(request.seed()))
            .cancellation(cancellation)
            .build();
    return new RunModels(upstream, gateway, GatewayEndpoint.before(gateway).open());
  }

  private static ChatModel upstream(ModelAccess access) {
    return switch (access) {
      case ModelAccess.Sandbox sandbox ->
          SandboxModel.builder()
              .seed(sandbox.seed())
              .latency(Duration.ofMillis(sandbox.latencyMs()))
              .judge(JudgeHabit.named(sandbox.judge()))
              .build();
      case ModelAccess.Endpoint endpoint -> endpoint(endpoint);
    };
  }

  private static OpenAiUpstream endpoint(ModelAccess.Endpoint endpoint) {
    OpenAiUpstream.Builder upstream =
        OpenAiUpstream.at(endpoint.baseUrl())
            .key(
                endpoint.keyFile() == null
                    ? ApiKey.fromEnvironment(System.getenv(), endpoint.keyVariable())
                    : ApiKey.fromFile(endpoint.keyFile()));
    return (endpoint.keyHeader() == null ? upstream : upstream.keyHeader(endpoint.keyHeader()))
        .build();
  }

  private static ModelNames names(OptimizeRequest request, String agentModel) {
    ModelNames.Builder names = ModelNames.builder().agentModel(agentModel);
    for (ModelRole role : ModelRole.values()) {
      @Nullable String name = request.models().get(role.name().toLowerCase(Locale.ROOT));
      names.role(role, name);
    }
    request.aliases().forEach(names::alias);
    return names.build();
  }

  ModelGateway gateway() {
    return gateway;
  }

  ModelEndpoint endpoint() {
    return endpoint.endpoint();
  }

  @Override
  public void close() {
    endpoint.close();
    gateway.close();
    if (upstream instanceof OpenAiUpstream real) {
      real.close();
    }
  }
}
