package dev.lightningbridge.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.InMemoryCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinceTest {
  private static final PairRules ALL_PAIRS = new PairRules(3, false, 10_000);

  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("since");
  }

  @AfterContainer
  static void deleteFolder() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  @Property(tries = 50)
  void events_over_any_cuts_are_the_events_of_the_whole(
      @ForAll("histories") History history, @ForAll("cuts") List<Integer> cuts) throws IOException {
    List<String> parts = new ArrayList<>();
    increments(history, cuts, Format.EVENTS).forEach(part -> parts.addAll(part.now()));
    assertThat(parts).containsExactlyInAnyOrderElementsOf(whole(history, Format.EVENTS));
  }

  @Property(tries = 50)
  void tasks_over_any_cuts_are_each_there_once(
      @ForAll("histories") History history, @ForAll("cuts") List<Integer> cuts) throws IOException {
    List<String> parts = new ArrayList<>();
    for (Increment part : increments(history, cuts, Format.TASKS)) {
      parts.addAll(ids(part.now(), "/id"));
    }
    assertThat(parts).containsExactlyInAnyOrderElementsOf(ids(whole(history, Format.TASKS), "/id"));
  }

  @Property(tries = 50)
  void rewards_over_any_cuts_are_the_whole_where_the_later_row_counts_and_none_is_doubled(
      @ForAll("histories") History history, @ForAll("cuts") List<Integer> cuts) throws IOException {
    List<String> parts = new ArrayList<>();
    increments(history, cuts, Format.REWARDS).forEach(part -> parts.addAll(part.now()));
    assertThat(parts).doesNotHaveDuplicates();
    assertThat(lastById(parts, "/attempt_id"))
        .isEqualTo(lastById(whole(history, Format.REWARDS), "/attempt_id"));
  }

  @Property(tries = 50)
  void rollouts_over_any_cuts_are_the_whole_where_the_later_row_counts(
      @ForAll("histories") History history, @ForAll("cuts") List<Integer> cuts) throws IOException {
    List<String> parts = new ArrayList<>();
    for (Increment part : increments(history, cuts, Format.ROLLOUTS)) {
      assertThat(ids(part.now(), "/rollout_id")).doesNotHaveDuplicates();
      parts.addAll(part.now());
    }
    assertThat(lastById(parts, "/rollout_id"))
        .isEqualTo(lastById(whole(history, Format.ROLLOUTS), "/rollout_id"));
  }

  @Property(tries = 50)
  void a_store_filled_over_any_cuts_is_the_store_of_the_whole(
      @ForAll("histories") History history, @ForAll("cuts") List<Integer> cuts) throws IOException {
    List<String> parts = new ArrayList<>();
    increments(history, cuts, Format.STORE).forEach(part -> parts.addAll(part.now()));
    for (String kind : List.of("resources", "rollout", "span")) {
      String id = "/value/" + kind + "_id";
      assertThat(lastById(ofKind(kind, parts), id))
          .isEqualTo(lastById(ofKind(kind, whole(history, Format.STORE)), id));
    }
  }

  private static List<String> ofKind(String kind, List<String> rows) {
    return rows.stream().filter(r -> r.startsWith("{\"kind\":\"" + kind + "\"")).toList();
  }

  @Property(tries = 50)
  void resources_and_rl_rows_over_any_cuts_are_each_there_once(
      @ForAll("histories") History history, @ForAll("cuts") List<Integer> cuts) throws IOException {
    for (Format format : List.of(Format.RESOURCES, Format.RL)) {
      List<String> parts = new ArrayList<>();
      increments(history, cuts, format).forEach(part -> parts.addAll(part.now()));
      assertThat(parts).containsExactlyInAnyOrderElementsOf(whole(history, format));
    }
  }

  @Property(tries = 50)
  void sft_increments_hold_exactly_what_the_whole_has_now_and_had_not_then(
      @ForAll("histories") History history, @ForAll("cuts") List<Integer> cuts) throws IOException {
    assertDifferences(history, cuts, Format.SFT);
  }

  @Property(tries = 50)
  void dpo_increments_hold_exactly_what_the_whole_has_now_and_had_not_then(
      @ForAll("histories") History history, @ForAll("cuts") List<Integer> cuts) throws IOException {
    assertDifferences(history, cuts, Format.DPO);
  }

  @Example
  void a_score_given_again_is_no_change_even_where_the_clock_was_set_back() throws IOException {
    List<History.Step> steps = new ArrayList<>();
    steps.add(new History.Step.Run(0, 0, false, true));
    steps.add(new History.Step.Run(0, 0, false, true));
    steps.add(new History.Step.Scored(0, 1, 1, true));
    steps.add(new History.Step.Scored(0, 0, 1, true));
    steps.add(new History.Step.Scored(0, 0, 4, true));
    steps.add(new History.Step.Scored(0, 0, 4, true));
    assertDifferences(new History(steps), List.of(5), Format.DPO);
  }

  @Test
  void files_of_an_increment_stand_beside_those_before(@TempDir Path out) {
    History history =
        new History(
            List.of(
                new History.Step.Run(1, 1, false, true), new History.Step.Run(1, 2, false, true)));
    ExportRequest request = ExportRequest.of(Format.EVENTS, out);
    String cursor = Exports.export(history.after(1), request).cursor();
    Exports.export(history.after(2), request.withSince(cursor));
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder("events.jsonl", "events-after-1.jsonl");
  }

  @Test
  void a_cursor_of_another_format_database_or_of_nothing_is_refused(@TempDir Path out) {
    History history = new History(List.of(new History.Step.Run(1, 1, false, true)));
    ExportRequest events = ExportRequest.of(Format.EVENTS, out);
    String cursor = Exports.export(history.after(1), events).cursor();
    assertThatThrownBy(
            () ->
                Exports.export(
                    history.after(1), ExportRequest.of(Format.SFT, out).withSince(cursor)))
        .hasMessageContaining("LB-2025");
    assertThatThrownBy(
            () -> Exports.export(InMemoryCorpus.withAgent("p"), events.withSince(cursor)))
        .hasMessageContaining("LB-2025")
        .hasMessageContaining("is not there");
    for (String bad : List.of("", "yesterday", "e30", "bnVsbA", "W10")) {
      assertThatThrownBy(() -> Exports.export(history.after(1), events.withSince(bad)))
          .hasMessageContaining("LB-2024");
    }
  }

  @Provide
  Arbitrary<History> histories() {
    return History.any();
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 40).list().ofMaxSize(6);
  }

  /** What an increment holds, and what the whole has now and had when the one before ended. */
  private record Increment(List<String> now, List<String> wholeNow, List<String> wholeThen) {}

  private static void assertDifferences(History history, List<Integer> cuts, Format format)
      throws IOException {
    for (Increment part : increments(history, cuts, format)) {
      List<String> expected = new ArrayList<>(bare(part.wholeNow()));
      expected.removeAll(new HashSet<>(bare(part.wholeThen())));
      assertThat(bare(part.now())).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static List<Increment> increments(History history, List<Integer> cuts, Format format)
      throws IOException {
    TreeSet<Integer> stops = new TreeSet<>();
    cuts.forEach(cut -> stops.add(Math.min(cut, history.steps().size())));
    stops.add(history.steps().size());
    List<Increment> increments = new ArrayList<>();
    String cursor = null;
    List<String> then = List.of();
    for (int stop : stops) {
      ExportRequest all = ExportRequest.of(format, folder).withPairs(ALL_PAIRS);
      List<String> whole =
          format == Format.SFT || format == Format.DPO
              ? rows(Exports.export(history.after(stop), all))
              : List.of();
      ExportReport part = Exports.export(history.after(stop), all.withSince(cursor));
      increments.add(new Increment(rows(part), whole, then));
      cursor = part.cursor();
      then = whole;
    }
    return increments;
  }

  private static List<String> whole(History history, Format format) throws IOException {
    return rows(
        Exports.export(
            history.after(history.steps().size()),
            ExportRequest.of(format, folder).withPairs(ALL_PAIRS)));
  }

  private static List<String> rows(ExportReport report) throws IOException {
    return Files.readAllLines(report.files().get(0).path());
  }

  /** The rows without the events that they rest on. */
  private static List<String> bare(List<String> rows) {
    return rows.stream().map(r -> r.replaceAll("\"source_event_ids\":\\[.*?],", "")).toList();
  }

  private static List<String> ids(List<String> rows, String pointer) throws IOException {
    List<String> ids = new ArrayList<>();
    for (String row : rows) {
      ids.add(Json.mapper().readTree(row).at(pointer).asText());
    }
    return ids;
  }

  private static Map<String, JsonNode> lastById(List<String> rows, String pointer)
      throws IOException {
    Map<String, JsonNode> last = new LinkedHashMap<>();
    for (String row : rows) {
      JsonNode node = Json.mapper().readTree(row);
      last.put(node.at(pointer).asText(), node);
    }
    return last;
  }
}
