package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class ModelNamesTest {
  private static String sent(ModelNames names, ModelRole role, String requested)
      throws ModelException {
    return names.named(ChatRequest.of(role, requested, "", "hi", 0)).model();
  }

  @Test
  void the_worker_keeps_the_agent_versions_model_unless_another_is_set() throws ModelException {
    assertThat(sent(ModelNames.asRequested(), ModelRole.WORKER, "azure/gpt-4o"))
        .isEqualTo("azure/gpt-4o");
    ModelNames set = ModelNames.builder().role(ModelRole.WORKER, "gpt-5").build();
    assertThat(sent(set, ModelRole.WORKER, "azure/gpt-4o")).isEqualTo("gpt-5");
  }

  @Test
  void other_roles_fall_back_to_the_workers_model() throws ModelException {
    ModelNames names =
        ModelNames.builder().agentModel("azure/gpt-4o").role(ModelRole.JUDGE, "gpt-5").build();
    assertThat(sent(names, ModelRole.CRITIC, "lightning-bridge-critic")).isEqualTo("azure/gpt-4o");
    assertThat(sent(names, ModelRole.EDITOR, "")).isEqualTo("azure/gpt-4o");
    assertThat(sent(names, ModelRole.JUDGE, "lightning-bridge-judge")).isEqualTo("gpt-5");
    ModelNames overridden =
        ModelNames.builder().agentModel("azure/gpt-4o").role(ModelRole.WORKER, "gpt-5").build();
    assertThat(sent(overridden, ModelRole.CRITIC, "")).isEqualTo("gpt-5");
  }

  @Test
  void aliases_map_a_databases_names_to_the_endpoints() throws ModelException {
    ModelNames names =
        ModelNames.builder().agentModel("azure/gpt-4o").alias("azure/gpt-4o=gpt-4o").build();
    assertThat(sent(names, ModelRole.WORKER, "azure/gpt-4o")).isEqualTo("gpt-4o");
    assertThat(sent(names, ModelRole.CRITIC, "")).isEqualTo("gpt-4o");
    assertThat(names.known(EnumSet.allOf(ModelRole.class))).containsExactly("gpt-4o");
  }

  @Test
  void an_alias_without_two_names_is_refused() {
    for (String bad : new String[] {"a", "=b", "a=", " = "}) {
      assertThatThrownBy(() -> ModelNames.builder().alias(bad)).hasMessageContaining("LB-3006");
    }
  }

  @Test
  void a_call_without_any_model_is_a_bad_request() {
    assertThatThrownBy(() -> sent(ModelNames.asRequested(), ModelRole.CRITIC, ""))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("critic");
  }

  @Test
  void the_sandbox_gets_a_name_by_role() throws ModelException {
    for (ModelRole role : ModelRole.values()) {
      String name = sent(ModelNames.sandbox(), role, "whatever");
      assertThat(name).startsWith("sandbox-");
      assertThat(ModelNames.role(name)).isEqualTo(role);
      assertThat(ModelNames.role(ModelNames.placeholder(role))).isEqualTo(role);
    }
    assertThat(ModelNames.role("gpt-4o")).isEqualTo(ModelRole.WORKER);
  }
}
