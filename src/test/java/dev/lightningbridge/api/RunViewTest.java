package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.request.EndpointExtras;
import dev.lightningbridge.runs.request.ModelAccess;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunViewTest {
  @Test
  void where_keys_are_kept_is_shown_of_no_endpoint_of_a_run() {
    EndpointExtras extras =
        new EndpointExtras(
            Map.of("X-Client-Token", "env:PLACE_A"), Map.of("code", "env:PLACE_B"), 30, null);
    ModelAccess.Endpoint judge =
        new ModelAccess.Endpoint(
            "https://j.example/v1", "PLACE_C", null, "x-place", extras, Map.of());
    JsonNode model =
        Json.mapper()
            .valueToTree(
                new ModelAccess.Endpoint(
                    "https://a.example/v1", "PLACE_D", null, null, extras, Map.of("judge", judge)));

    RunView.withoutKeys(model);

    assertThat(model.toString())
        .contains("a.example", "j.example", "30")
        .doesNotContainIgnoringCase("place");
  }
}
