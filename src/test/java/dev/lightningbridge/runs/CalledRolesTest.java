package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.CallJournal;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.runs.models.RunModels;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.ModelUse;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalledRolesTest {
  private static ModelUse use(Map<String, String> names, Limits limits) {
    return new ModelUse(
        new ModelAccess.Endpoint("http://127.0.0.1:9/v1", "NO_SUCH_KEY", null, null),
        names,
        Map.of(),
        null,
        limits,
        0);
  }

  private static void open(Map<String, String> names, Set<ModelRole> roles) {
    Limits limits = new Limits(null, null, 1.0);
    RunModels.open(
            use(names, limits),
            "agents-own",
            roles,
            CallJournal.inMemory(),
            call -> {},
            new Cancellation())
        .close();
  }

  @Test
  void a_price_is_missing_only_of_a_model_that_is_called() {
    Map<String, String> names = Map.of("worker", "gpt-4o", "judge", "our-judge");
    open(names, EnumSet.of(ModelRole.WORKER, ModelRole.CRITIC, ModelRole.EDITOR));
    assertThatThrownBy(() -> open(names, EnumSet.of(ModelRole.WORKER, ModelRole.JUDGE)))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-3002")
        .hasMessageContaining("our-judge");
    open(Map.of("judge", "gpt-4o"), EnumSet.of(ModelRole.JUDGE));
  }

  @Test
  void roles_that_are_not_named_are_the_agents_model_as_it_is_called_at_the_endpoint() {
    ModelNames named =
        RunModels.names(use(Map.of("worker", "gpt-4o", "critic", "o3"), Limits.NONE), "agents-own");
    assertThat(named.of(ModelRole.JUDGE, "agents-own")).isEqualTo("gpt-4o");
    assertThat(named.of(ModelRole.CRITIC, "agents-own")).isEqualTo("o3");
    assertThat(RunModels.names(use(Map.of(), Limits.NONE), "agents-own").of(ModelRole.JUDGE, ""))
        .isEqualTo("agents-own");
  }
}
