package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.model.EndpointFault;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelException.Kind;
import dev.lightningbridge.model.TwiceAnsweringServer;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.needs.StartsWorkers;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.OptimizeError;
import dev.lightningbridge.optimize.apo.JavaOptimizer;
import dev.lightningbridge.optimize.apo.RacingSettings;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole searches at an endpoint that fails: each ends with a result or a typed failure, a fault
 * that passes changes nothing of what is found, and none becomes a reward.
 */
@Timeout(180)
@StartsWorkers
class FaultyEndpointTest {
  private static final Limits LIMITS = new Limits(1_000L, null, null);
  private static final Set<Kind> ILL = Set.of(Kind.SERVER_ERROR, Kind.NETWORK, Kind.TIMEOUT);
  private static final JavaOptimizer BEAM = JavaOptimizer.beamSearch();
  private static final JavaOptimizer RACE =
      JavaOptimizer.racing(RacingSettings.DEFAULT.withCalls(90));

  private static FaultySearch undisturbedBeam;
  private static FaultySearch undisturbedRace;

  @BeforeAll
  static void without_faults() {
    undisturbedBeam = FaultySearch.of(BEAM, LIMITS, call -> null);
    undisturbedRace = FaultySearch.of(RACE, LIMITS, call -> null);
    assertThat(undisturbedBeam.result().stopReason()).isEqualTo(StopReason.FINISHED);
    assertThat(undisturbedRace.result().stopReason()).isEqualTo(StopReason.FINISHED);
  }

  static Stream<EndpointFault> faults() {
    return EndpointFault.all();
  }

  static Stream<EndpointFault> passing() {
    return EndpointFault.all().filter(EndpointFault::passes);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_fault_at_some_calls_changes_nothing_or_ends_in_a_typed_failure(EndpointFault fault) {
    FaultySearch search = FaultySearch.of(RACE, LIMITS, call -> call % 11 == 4 ? fault : null);

    search.requireOrder(LIMITS);
    search.requireNoRewardBy(fault);
    search.requireTypedEnd();
    if (fault.passes()) {
      assertThat(search.result()).isEqualTo(undisturbedRace.result());
      assertThat(search.steps()).isEqualTo(undisturbedRace.steps());
      assertThat(search.calls()).isGreaterThan(undisturbedRace.calls());
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_fault_that_stays_ends_the_search_with_its_name_and_no_reward(EndpointFault fault) {
    FaultySearch search = FaultySearch.of(BEAM, LIMITS, call -> call > 15 ? fault : null);

    search.requireOrder(LIMITS);
    search.requireNoRewardBy(fault);
    search.requireTypedEnd();
    if (fault.end() != null && !fault.end().agentsFault()) {
      search.requireFailureBy(fault.end());
      assertThat(search.calls())
          .as("it is given up soon")
          .isLessThan(fault.end() == Kind.RATE_LIMITED ? 300 : 150);
      assertThat(search.notices().stream().anyMatch(n -> n.contains("nothing is sent")))
          .as("the circuit opens, and says so")
          .isEqualTo(ILL.contains(fault.end()));
    }
  }

  @ParameterizedTest
  @MethodSource("passing")
  void no_fault_makes_a_search_pass_its_budget(EndpointFault fault) {
    Limits tight = new Limits(40L, null, null);
    FaultySearch search = FaultySearch.of(BEAM, tight, call -> call % 11 == 4 ? fault : null);

    search.requireOrder(tight);
    assertThat(search.result().stopReason()).isEqualTo(StopReason.BUDGET_EXHAUSTED);
    assertThat(search.spent().calls()).isBetween(30L, 40L);
  }

  @Test
  void a_proxy_that_answers_twice_changes_nothing() throws IOException {
    try (TwiceAnsweringServer twice =
        new TwiceAnsweringServer(r -> FaultyEndpoint.answer(FaultySearch.SANDBOX, r))) {
      FaultySearch search = FaultySearch.at(twice.baseUrl(), () -> 0, BEAM, LIMITS);

      assertThat(search.result()).isEqualTo(undisturbedBeam.result());
      assertThat(search.steps()).isEqualTo(undisturbedBeam.steps());
    }
  }

  @Test
  @NeedsEnvironment(EnvironmentKind.APO)
  void the_real_apo_finds_the_same_at_an_endpoint_with_every_fault_that_passes() {
    AgentLightningOptimizer real =
        new AgentLightningOptimizer(Environments.of(EnvironmentKind.APO));
    List<EndpointFault> faults = passing().toList();
    FaultySearch undisturbed = FaultySearch.of(real, LIMITS, call -> null);
    FaultySearch search =
        FaultySearch.of(
            real, LIMITS, call -> call % 4 == 2 ? faults.get(call / 4 % faults.size()) : null);

    search.requireOrder(LIMITS);
    assertThat(search.calls()).as("each fault came").isGreaterThan(4 * faults.size());
    assertThat(search.result()).isEqualTo(undisturbed.result());
    assertThat(search.steps()).isEqualTo(undisturbed.steps());
  }

  @Test
  @NeedsEnvironment(EnvironmentKind.APO)
  void the_real_apo_ends_in_a_typed_failure_where_a_fault_stays() {
    AgentLightningOptimizer real =
        new AgentLightningOptimizer(Environments.of(EnvironmentKind.APO));
    for (EndpointFault fault :
        EndpointFault.all().filter(f -> f.toString().matches("401.*|502.*")).toList()) {
      FaultySearch search = FaultySearch.of(real, LIMITS, call -> call > 15 ? fault : null);

      search.requireOrder(LIMITS);
      search.requireNoRewardBy(fault);
      assertThat(search.failure().code())
          .isIn(OptimizeError.TOO_MANY_FAILURES, LightningError.MODEL_CALLS_FAILED);
      search.requireFailureBy(fault.end());
    }
  }

  @Test
  @NeedsEnvironment(EnvironmentKind.APO)
  void the_real_apo_goes_on_where_models_decline_ramble_or_state_no_usage() {
    AgentLightningOptimizer real =
        new AgentLightningOptimizer(Environments.of(EnvironmentKind.APO));
    List<EndpointFault> faults =
        EndpointFault.all().filter(f -> f.end() == null || f.end().agentsFault()).toList();
    FaultySearch search =
        FaultySearch.of(
            real, LIMITS, call -> call % 9 == 4 ? faults.get(call / 9 % faults.size()) : null);

    search.requireOrder(LIMITS);
    assertThat(search.result().stopReason()).isEqualTo(StopReason.FINISHED);
    assertThat(search.result().validationScore()).isPositive();
  }
}
