package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.agent.SystemPromptAgent;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.model.CallListener;
import dev.lightningbridge.model.EndpointFault;
import dev.lightningbridge.model.GatewayEndpoint;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelGateway;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.OpenAiUpstream;
import dev.lightningbridge.model.Patience;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a small search ended whose every call went through the gateway, with little patience and a
 * clock that jumps, to an endpoint over HTTP.
 */
final class FaultySearch {
  static final SandboxModel SANDBOX = SandboxModel.ofSeed(0);

  private static final SandboxTruth TRUTH = SandboxTruth.ofSeed(0);
  private static final ApoSettings SETTINGS = new ApoSettings(2, 2, 1, 2, 4, 1.0, 4);
  private static final Patience LITTLE =
      new Patience(
          4,
          Duration.ofMillis(1),
          Duration.ofMillis(4),
          Duration.ofMillis(5),
          Duration.ofMillis(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          8,
          10,
          Duration.ofMillis(20));

  private final List<RunEvent> events = new CopyOnWriteArrayList<>();
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final Set<ModelException.Kind> kinds = ConcurrentHashMap.newKeySet();
  private @Nullable OptimizationResult result;
  private @Nullable BridgeException failure;
  private Spend spent = Spend.NOTHING;
  private int calls;

  private FaultySearch() {}

  /** A search at an endpoint with the plan's faults. */
  static FaultySearch of(
      PromptOptimizer engine, Limits limits, IntFunction<@Nullable EndpointFault> plan) {
    try (FaultyEndpoint endpoint = new FaultyEndpoint(SANDBOX, plan)) {
      return at(endpoint.baseUrl(), endpoint::calls, engine, limits);
    }
  }

  /**
   * A search at any endpoint.
   *
   * @param calls how many the endpoint got
   */
  static FaultySearch at(String url, IntSupplier calls, PromptOptimizer engine, Limits limits) {
    FaultySearch search = new FaultySearch();
    try (OpenAiUpstream upstream =
            OpenAiUpstream.at(url).clock(new JumpingClock()).maxAnswerBytes(2_000_000).build();
        ModelGateway gateway =
            ModelGateway.before(upstream)
                .names(ModelNames.sandbox())
                .limits(limits)
                .patience(LITTLE)
                .random(new Random(1))
                .listener(search.listener())
                .build();
        GatewayEndpoint endpoint = GatewayEndpoint.before(gateway).open()) {
      try {
        search.result =
            engine.optimize(
                job(),
                new PromptOptimizer.Context(
                    new RolloutRunner(
                        new SystemPromptAgent(gateway, "sandbox-worker", 0.0, null),
                        new TrueReward(TRUTH)),
                    gateway,
                    endpoint.endpoint(),
                    search.events::add,
                    new Cancellation()));
      } catch (BridgeException e) {
        search.failure = e;
      }
      search.spent = gateway.spent();
    }
    search.calls = calls.getAsInt();
    return search;
  }

  private CallListener listener() {
    return new CallListener() {
      @Override
      public void finished(FinishedCall call) {
        if (call.failure() != null) {
          kinds.add(call.failure());
        }
      }

      @Override
      public void notice(String sentence) {
        notices.add(sentence);
      }
    };
  }

  private static OptimizationJob job() {
    List<Task> tasks =
        IntStream.range(0, 14)
            .mapToObj(
                i ->
                    new Task(
                        "task-" + i,
                        TRUTH.inputs(SandboxDomain.TRIAGE, 14).get(i),
                        null,
                        List.of(),
                        null,
                        TaskSource.SYNTHETIC))
            .toList();
    return new OptimizationJob(
        "run",
        TRUTH.seedPrompt(SandboxDomain.TRIAGE),
        tasks.subList(0, 8),
        tasks.subList(8, 14),
        List.of(),
        SETTINGS,
        0);
  }

  OptimizationResult result() {
    if (failure != null) {
      throw new AssertionError("it failed", failure);
    }
    return Objects.requireNonNull(result);
  }

  BridgeException failure() {
    assertThat(failure).as("the failure, for it ended with %s", result).isNotNull();
    return Objects.requireNonNull(failure);
  }

  /** It failed by calls that ended so, or met the circuit that they opened, and says what to do. */
  void requireFailureBy(ModelException.Kind kind) {
    assertThat(failure().remedy()).hasSizeGreaterThan(40).contains("runs resume");
    assertThat(kinds)
        .isNotEmpty()
        .isSubsetOf(kind, ModelException.Kind.CIRCUIT_OPEN, ModelException.Kind.CANCELLED);
  }

  /** What the endpoint got. */
  int calls() {
    return calls;
  }

  List<String> notices() {
    return notices;
  }

  /** The events whose order does not depend on how rollouts overlap. */
  List<RunEvent> steps() {
    return events.stream().filter(e -> !(e instanceof RunEvent.RolloutFinished)).toList();
  }

  /** No more was paid for than allowed, and all was counted once nothing was under way. */
  void requireOrder(Limits limits) {
    if (result != null) {
      assertThat((long) calls).isLessThanOrEqualTo(spent.calls() + spent.turnedDown());
    }
    assertThat(spent.calls()).isLessThanOrEqualTo(Objects.requireNonNull(limits.calls()));
  }

  Spend spent() {
    return spent;
  }

  /** Either a result, or a failure that says which and what to do. */
  void requireTypedEnd() {
    if (failure != null) {
      assertThat(failure.code().id()).isIn("LB-5001", "LB-5203");
      assertThat(failure.getMessage()).isNotBlank();
    } else {
      assertThat(result).isNotNull();
    }
  }

  /** A rollout that failed has no reward, but where the failure is the agent's own. */
  void requireNoRewardBy(EndpointFault fault) {
    boolean agents = fault.end() != null && fault.end().agentsFault();
    for (RunEvent event : events) {
      if (event instanceof RunEvent.RolloutFinished rollout && rollout.failure() != null) {
        assertThat(rollout.reward()).as("%s", rollout.failure()).isEqualTo(agents ? 0.0 : null);
      }
    }
  }

  /** A century ahead and a century back in turns. */
  private static final class JumpingClock extends Clock {
    private final AtomicInteger readings = new AtomicInteger();

    @Override
    public Instant instant() {
      Duration century = Duration.ofDays(36_500);
      return Instant.now().plus(readings.incrementAndGet() % 2 == 0 ? century : century.negated());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
