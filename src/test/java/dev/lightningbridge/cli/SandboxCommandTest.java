package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.needs.NeedsEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SandboxCommandTest {
  @Test
  void the_simulated_model_is_served_until_an_interrupt() throws Exception {
    assertThat(modelsServedBy("sandbox", "--port", "0")).isNotEmpty();
  }

  @Test
  @NeedsEnvironment(EnvironmentKind.LOCAL_MODEL)
  void a_small_real_model_is_served_to_any_client() throws Exception {
    assertThat(modelsServedBy("sandbox", "--local-model", "--port", "0"))
        .first()
        .satisfies(model -> assertThat(model.path("id").asText()).isEqualTo("gemma-3-270m"));
  }

  /** What a client is told of its models, before the command is interrupted and ends with 0. */
  private static JsonNode modelsServedBy(String... command) throws Exception {
    Interrupts interrupts = new Interrupts();
    try (PipedInputStream read = new PipedInputStream();
        PrintStream out =
            new PrintStream(new PipedOutputStream(read), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(OutputStream.nullOutputStream());
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(read, StandardCharsets.UTF_8))) {
      CompletableFuture<Integer> status =
          CompletableFuture.supplyAsync(
              () -> Bridge.run(new Console(out, err), interrupts, command));
      String said = lines.readLine();
      JsonNode models = models(said.substring(said.indexOf("http://")));
      interrupts.cancellation().request();
      assertThat(status.get(1, TimeUnit.MINUTES)).isZero();
      return models;
    }
  }

  private static JsonNode models(String baseUrl) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + "/models")).build();
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return Json.mapper().readTree(body).path("data");
    }
  }
}
