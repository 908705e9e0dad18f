package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.CsvRows;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.store.EarlierHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs side by side, of a home that has them in every state. */
class RunsCompareTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String home;

  @BeforeEach
  void runsOfEveryState() throws IOException {
    home = EarlierHome.in(folder.toRealPath()).path().toString();
  }

  @Test
  void a_table_has_a_row_for_each_figure_and_a_column_for_each_run() {
    assertThat(compare(EarlierHome.PROMOTED.substring(0, 6), EarlierHome.HELD)).isZero();
    assertThat(text().lines().findFirst().orElseThrow())
        .matches("Run +" + EarlierHome.PROMOTED.substring(0, 8) + " +2a1951c1");
    assertThat(row("Verdict")).containsSubsequence("PROMOTE", "HOLD");
    assertThat(row("Effect")).matches("Effect +[+−±]\\d\\.\\d+ +[+−±]\\d\\.\\d+");
    assertThat(row("Cost")).contains("none, simulated");
    assertThat(text().lines())
        .anyMatch(line -> line.startsWith("Seed "))
        .anyMatch(line -> line.startsWith("Engine "))
        .anyMatch(line -> line.startsWith("Models "));
  }

  @Test
  void csv_has_a_line_a_run_that_every_reader_of_csv_understands() throws IOException {
    assertThat(compare(EarlierHome.PROMOTED, EarlierHome.HELD, EarlierHome.KILLED, "--csv"))
        .isZero();
    List<List<String>> rows = new ArrayList<>();
    try (CsvRows read = new CsvRows(new StringReader(text()), ',')) {
      for (var next = read.next(); next.isPresent(); next = read.next()) {
        rows.add(next.get().values());
      }
    }
    assertThat(rows).hasSize(4).allMatch(row -> row.size() == rows.getFirst().size());
    assertThat(rows.getFirst()).contains("runId", "effect", "low", "high", "verdict", "calls");
    int verdict = rows.getFirst().indexOf("verdict");
    assertThat(rows.stream().skip(1).map(row -> row.get(verdict)))
        .containsExactly("PROMOTE", "HOLD", "");
    int calls = rows.getFirst().indexOf("calls");
    assertThat(rows.get(3).get(calls)).isEqualTo(String.valueOf(EarlierHome.CALLS_BEFORE));
  }

  @Test
  void json_is_one_document_with_numbers_as_numbers() throws IOException {
    assertThat(compare(EarlierHome.PROMOTED, EarlierHome.HELD, "--json")).isZero();
    JsonNode runs = Json.mapper().readTree(text());
    assertThat(runs).hasSize(2);
    assertThat(runs.at("/0/effect").isNumber()).isTrue();
    assertThat(runs.at("/0/low").asDouble()).isLessThan(runs.at("/0/high").asDouble());
    assertThat(runs.at("/0/againstFirst").isNull()).isTrue();
    assertThat(runs.at("/1/againstFirst").isNumber()).isTrue();
    assertThat(runs.at("/1/commonTasks").asInt()).isPositive();
  }

  @Test
  void one_run_alone_or_one_that_is_not_there_is_said() {
    assertThat(compare(EarlierHome.PROMOTED)).isEqualTo(2);
    assertThat(compare(EarlierHome.PROMOTED, "nowhere")).isEqualTo(3);
    assertThat(errors()).contains("LB-7106");
  }

  private int compare(String... words) {
    List<String> all = new ArrayList<>(List.of("runs", "compare"));
    all.addAll(List.of(words));
    all.addAll(List.of("--home", home));
    return Bridge.run(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)),
        new Interrupts(),
        all.toArray(String[]::new));
  }

  private String row(String name) {
    return text().lines().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
