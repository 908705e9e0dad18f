package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@WithTestResource(ServerLab.class)
@Timeout(120)
class EventsResourceTest {
  @TestHTTPResource URI server;

  private final HttpClient client = HttpClient.newHttpClient();

  /** Lines of the stream, until it ends. */
  private CompletableFuture<List<String>> watch(String run, String last) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/api/v1/runs/" + run + "/events"))
            .header("Authorization", "Bearer " + ServerLab.TOKEN);
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    return client
        .sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
        .thenApply(answer -> answer.body().toList());
  }

  private static List<Long> ids(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("id:"))
        .map(line -> Long.parseLong(line.substring(3).strip()))
        .toList();
  }

  @Test
  void twenty_watchers_see_every_event_once_and_in_order_until_the_end() throws Exception {
    String run = Server.start(Server.newRun());
    List<CompletableFuture<List<String>>> watchers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      watchers.add(watch(run, null));
    }
    List<Long> expected = null;
    for (CompletableFuture<List<String>> watcher : watchers) {
      List<String> lines = watcher.get();
      if (expected == null) {
        int events =
            Server.given()
                .get("/api/v1/runs/{id}/log?limit=2000", run)
                .jsonPath()
                .getList("items")
                .size();
        expected = LongStream.rangeClosed(1, events).boxed().toList();
      }
      assertThat(ids(lines)).isEqualTo(expected);
      assertThat(lines).contains("event:end").anyMatch(line -> line.startsWith(":"));
    }
  }

  @Test
  void a_watcher_that_comes_back_goes_on_after_the_last_event_that_it_saw() throws Exception {
    String run = Server.start(Server.newRun());
    Server.ended(run);
    List<Long> all = ids(watch(run, null).get());
    assertThat(all).hasSizeGreaterThan(10);
    assertThat(ids(watch(run, "7").get())).isEqualTo(all.subList(7, all.size()));
    assertThat(ids(watch(run, Long.toString(all.size())).get())).isEmpty();
  }

  @Test
  void an_event_on_the_wire_is_that_of_the_log() throws Exception {
    String run = Server.start(Server.newRun());
    Server.ended(run);
    Stream<String> data =
        watch(run, null).get().stream().filter(line -> line.startsWith("data:{\"sequence\""));
    Map<String, Object> first =
        Server.given().get("/api/v1/runs/{id}/log?limit=1", run).jsonPath().getMap("items[0]");
    Map<String, Object> told =
        io.restassured.path.json.JsonPath.from(data.findFirst().orElseThrow().substring(5))
            .getMap("");
    assertThat(told).isEqualTo(first);
  }

  @Test
  void a_last_event_id_that_is_none_is_refused() {
    Server.given()
        .header("Last-Event-ID", "x")
        .get("/api/v1/runs/nobody/events")
        .then()
        .statusCode(400);
  }
}
