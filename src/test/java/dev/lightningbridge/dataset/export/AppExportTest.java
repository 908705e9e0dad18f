package dev.lightningbridge.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.Samples;
import dev.lightningbridge.dataset.export.ExportRequest.EventShape;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The events export against what the app's own exporter wrote of the same databases. */
@Needs(Need.APP_SAMPLES)
class AppExportTest {
  @TempDir Path out;

  @ParameterizedTest
  @ValueSource(strings = {"small", "v8"})
  void the_lines_are_those_of_the_app(String sample) throws IOException {
    export(sample, ExportRequest.of(Format.EVENTS, out));
    assertThat(lines("events.jsonl")).isEqualTo(app(sample, "events-with-payloads.jsonl"));
    export(sample, ExportRequest.of(Format.EVENTS, out).withEvents(EventShape.WITHOUT_PAYLOADS));
    assertThat(lines("events.jsonl")).isEqualTo(app(sample, "events.jsonl"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "v8"})
  void a_sessions_lines_are_those_of_the_app_and_those_that_do_not_name_their_session(String sample)
      throws IOException {
    String session;
    try (CampDatabase database = open(sample)) {
      session = database.corpus().sessions().get(0).id();
    }
    export(
        sample,
        ExportRequest.of(Format.EVENTS, out)
            .withEvents(EventShape.WITHOUT_PAYLOADS)
            .withSession(session));
    Set<String> naming = new HashSet<>(lines("events.jsonl"));
    assertThat(naming).isNotEmpty();
    naming.removeIf(line -> line.contains("\"sessionId\":null"));
    assertThat(naming).isEqualTo(app(sample, "session1.events.jsonl"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "v8"})
  void the_csv_has_a_header_and_a_line_for_each_event(String sample) throws IOException {
    export(sample, ExportRequest.of(Format.EVENTS, out).withEvents(EventShape.CSV));
    List<String> csv = Files.readAllLines(out.resolve("events.csv"));
    assertThat(csv.get(0)).startsWith("id,timestamp,event_type,schema_version,session_id,");
    assertThat(csv).hasSize(app(sample, "events.jsonl").size() + 1);
    assertThat(csv.get(1)).matches("[-0-9a-f]{36},\\d{13},[a-z.]+,1,.*,\"\\[\"\".*\"\"]\"");
  }

  private static CampDatabase open(String sample) {
    return CampDatabase.open(Samples.file(sample + ".db"), CampDatabase.Options.DEFAULT);
  }

  private static void export(String sample, ExportRequest request) {
    try (CampDatabase database = open(sample)) {
      Exports.export(database.corpus(), request);
    }
  }

  private Set<String> lines(String file) throws IOException {
    return new HashSet<>(Files.readAllLines(out.resolve(file)));
  }

  private static Set<String> app(String sample, String file) throws IOException {
    return new HashSet<>(Files.readAllLines(Samples.file("app-exports/" + sample + "/" + file)));
  }
}
