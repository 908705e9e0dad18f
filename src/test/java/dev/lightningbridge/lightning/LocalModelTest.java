package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.needs.NeedsEnvironment;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@NeedsEnvironment(EnvironmentKind.LOCAL_MODEL)
class LocalModelTest {
  private static final String SKY =
      "Input: grass\nAnswer: green\n\nInput: snow\nAnswer: white\n\nInput: coal\nAnswer: black";

  @Test
  void aRealModelLearnsFromTheExamplesInAPromptAndIsGoneWhenItsServerIsClosed() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest call;
      try (ModelServer server =
          ModelServer.local(Environments.of(EnvironmentKind.LOCAL_MODEL), 0, new Cancellation())) {
        call = question(server.baseUrl());
        HttpResponse<String> answer = client.send(call, HttpResponse.BodyHandlers.ofString());
        JsonNode choice = Json.read(answer.body(), JsonNode.class).path("choices").path(0);
        assertThat(choice.path("message").path("content").asText().strip()).isEqualTo("blue");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
      }
      assertThatThrownBy(() -> client.send(call, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(ConnectException.class);
    }
  }

  private static HttpRequest question(String baseUrl) {
    String body =
        "{\"model\":\"m\",\"temperature\":0,\"max_tokens\":8,\"messages\":["
            + "{\"role\":\"system\",\"content\":%s},{\"role\":\"user\",\"content\":\"sky\"}]}"
                .formatted(Json.write(SKY));
    return HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
