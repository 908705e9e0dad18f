package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import org.junit.jupiter.api.Test;

class CallKeyTest {
  private static String hash(ModelRole role, String body) throws Exception {
    return CallKey.hash(new ChatRequest(role, (ObjectNode) Json.mapper().readTree(body)));
  }

  @Test
  void the_order_of_members_does_not_matter_but_everything_else_does() throws Exception {
    String hash = hash(ModelRole.WORKER, "{\"a\":1,\"b\":{\"c\":[1,2],\"d\":null}}");

    assertThat(hash(ModelRole.WORKER, "{\"b\":{\"d\":null,\"c\":[1,2]},\"a\":1}")).isEqualTo(hash);
    assertThat(hash(ModelRole.CRITIC, "{\"a\":1,\"b\":{\"c\":[1,2],\"d\":null}}"))
        .isNotEqualTo(hash);
    assertThat(hash(ModelRole.WORKER, "{\"a\":1,\"b\":{\"c\":[2,1],\"d\":null}}"))
        .isNotEqualTo(hash);
    assertThat(hash).hasSize(64);
  }

  @Test
  void identical_requests_are_numbered() {
    CallKey.Counter counter = new CallKey.Counter();
    ChatRequest request = ScriptedModel.request("hi");

    assertThat(counter.next(request).ordinal()).isZero();
    assertThat(counter.next(ScriptedModel.request("other")).ordinal()).isZero();
    assertThat(counter.next(request.withOrdinal(7)).ordinal()).isEqualTo(1);
  }
}
