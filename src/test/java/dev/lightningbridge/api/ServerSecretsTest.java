package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose endpoint repeats the key in its errors, and that is asked for everything. */
@QuarkusTest
@WithTestResource(ServerLab.class)
@Timeout(120)
class ServerSecretsTest {
  private final StringBuilder seen = new StringBuilder();
  private final Logger root = Logger.getLogger("");
  private final Handler log =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          String source = String.valueOf(record.getLoggerName());
          if (source.contains("wiremock") || source.contains("jetty")) {
            return; // The endpoint's own log, where the key is no secret.
          }
          see(record.getMessage());
          if (record.getParameters() != null) {
            Stream.of(record.getParameters()).forEach(p -> see(String.valueOf(p)));
          }
          if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            see(trace.toString());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private synchronized void see(String text) {
    seen.append(text).append('\n');
  }

  @BeforeEach
  void listen() {
    root.addHandler(log);
  }

  @AfterEach
  void listenNoMore() {
    root.removeHandler(log);
  }

  @Test
  void the_key_and_the_token_are_in_no_answer_log_export_or_file() throws Exception {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("model", Map.of("endpoint", Map.of("worker", ServerLab.ANSWERS_FIRST)));
    String id = Server.start(run);
    JsonPath ended = Server.ended(id);
    assertThat(ended.prettify()).as("the key was really sent").contains("[key]");

    List<String> paths =
        List.of(
            "/api/v1/runs",
            "/api/v1/runs/" + id,
            "/api/v1/runs/" + id + "/log?limit=2000",
            "/api/v1/runs/" + id + "/events",
            "/api/v1/databases",
            "/api/v1/databases/" + Server.database() + "/inspection",
            "/api/v1/databases/" + Server.database() + "/exports/events?as=rows",
            "/api/v1/schedules",
            "/api/v1/nights",
            "/api/v1/judge-reports",
            "/api/v1/sandbox",
            "/q/metrics",
            "/q/health",
            "/q/openapi");
    for (String path : paths) {
      see(Server.given().get(path).asString());
    }
    assertThat(seen).hasSizeGreaterThan(1000);
    assertThat(seen.toString()).doesNotContain(ServerLab.KEY).doesNotContain(ServerLab.TOKEN);
    try (Stream<Path> files = Files.walk(Server.folder().resolve("home"))) {
      assertThat(files.filter(Files::isRegularFile).filter(f -> !f.endsWith("token")).toList())
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain(ServerLab.KEY)
                      .doesNotContain(ServerLab.TOKEN));
    }
    assertThat(Json.write(ended.getMap("request"))).doesNotContain("keyFile");
  }
}
