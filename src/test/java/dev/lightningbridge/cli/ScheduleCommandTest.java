package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules from the command line. */
class ScheduleCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String camp;
  private String lineage;

  @BeforeEach
  void aDatabaseWithOneLineage() {
    Path file = folder.resolve("camp.db");
    camp = file.toString();
    try (CampFixture fixture = CampFixture.create(file, 9)) {
      lineage = fixture.lineage(fixture.session("Meeting notes", "Write notes", "We met."), "A");
      fixture.agent(lineage, "Be brief.");
    }
  }

  @Test
  void a_schedule_is_added_by_day_and_time_listed_and_removed_by_the_line_that_is_told() {
    assertThat(
            bridge(
                "schedule",
                "add",
                "--db",
                camp,
                "--at",
                "02:30",
                "--days",
                "mon,fri",
                "--zone",
                "Europe/Berlin",
                "--lineage",
                "Meeting notes/A",
                "--engine",
                "java",
                "--sandbox"))
        .isZero();
    assertThat(text())
        .contains("Monday and Friday at 02:30 in Europe/Berlin", "1 lineage with 10 new scores")
        .contains("engine java", "2,000 calls a night, simulated");
    String remove = text().lines().reduce((a, b) -> b).orElseThrow();
    String id = remove.substring(remove.indexOf("remove ") + 7).split(" ")[0];

    assertThat(bridge("schedule")).isZero();
    assertThat(text()).contains(id, "Nightly");
    assertThat(bridge("schedule", "remove", id.substring(0, 6))).isZero();
    assertThat(bridge("schedule")).isZero();
    assertThat(text()).contains("Nothing runs by itself");
  }

  @Test
  void as_json_it_is_what_the_server_has() throws IOException {
    assertThat(
            bridge(
                "schedule",
                "add",
                "--db",
                camp,
                "--cron",
                "0 2 1 * *",
                "--zone",
                "UTC",
                "--no-demonstrations",
                "--json"))
        .isZero();
    JsonNode planned = Json.mapper().readTree(text());
    assertThat(planned.at("/schedule/search/noDemonstrations").asBoolean()).isTrue();
    assertThat(planned.at("/schedule/cron").asText()).isEqualTo("0 2 1 * *");
    assertThat(planned.at("/nextAt").isNumber()).isTrue();
    assertThat(bridge("schedule", "list", "--json")).isZero();
    assertThat(Json.mapper().readTree(text())).hasSize(1);
  }

  @Test
  void a_time_and_cron_together_or_neither_of_them_is_wrong_use() {
    assertThat(bridge("schedule", "add", "--db", camp, "--at", "02:00", "--cron", "0 2 * * *"))
        .isEqualTo(2);
    assertThat(bridge("schedule", "add", "--db", camp)).isEqualTo(2);
    assertThat(bridge("schedule", "add", "--db", camp, "--at", "25:00")).isEqualTo(3);
    assertThat(errors()).contains("LB-7122", "25:00");
  }

  private int bridge(String... words) {
    out.reset();
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", folder.resolve("home").toString()));
    return Bridge.run(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)),
        new Interrupts(),
        all.toArray(String[]::new));
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
