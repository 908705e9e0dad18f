package dev.lightningbridge.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.Samples;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.TestCase;
import dev.lightningbridge.dataset.CapturedTasks;
import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.Opening;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.tasks.Tasks;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);
  private static final String PROMPT = "Answer in one word, positive or negative.";

  @TempDir Path folder;

  @Test
  void a_spreadsheet_becomes_a_database_whose_rows_are_read_without_a_complaint()
      throws IOException {
    Path file =
        file(
            "reviews.csv",
            "\uFEFFinput;output;score;comment;expected;reviewer\r\n"
                + "\"Great \"\"fun\"\";\nreally\";positive;9;Right;positive;Ann\r\n"
                + "\r\n"
                + "So dull;positive;2;NULL;negative;Bob\r\n"
                + "Fine;positive;;;;Ann\r\n"
                + "Never seen;;;;negative;\r\n");

    ImportReport report = importing(file, PROMPT, null);

    assertThat(report.rows()).isEqualTo(new ImportReport.Rows(4, 4, 0, 0, 2, 1, 3));
    assertThat(report.keptAsMetadata()).containsExactly("reviewer");
    in(
        db(),
        corpus -> {
          assertThat(corpus.schemaVersion()).isEqualTo(9);
          List<Attempt> attempts = attempts(corpus);
          assertThat(attempts)
              .extracting(Attempt::input, Attempt::output, Attempt::kind, Attempt::systemPrompt)
              .containsExactlyInAnyOrder(
                  positive("Great \"fun\";\nreally", AttemptKind.SCORED),
                  positive("So dull", AttemptKind.SCORED),
                  positive("Fine", AttemptKind.UNSCORED));
          assertThat(attempts.stream().filter(a -> a.input().startsWith("Great")))
              .singleElement()
              .satisfies(
                  a -> {
                    assertThat(a.score().value()).isEqualTo(9);
                    assertThat(a.score().comment()).isEqualTo("Right");
                    assertThat(a.score().eventId()).isNotNull();
                  });
          assertThat(corpus.testCases())
              .extracting(TestCase::input, TestCase::expected)
              .contains(tuple("Never seen", "negative"))
              .hasSize(3);
          assertThat(corpus.skipped()).isEmpty();
          return null;
        });
  }

  private static Tuple positive(String input, AttemptKind kind) {
    return tuple(input, "positive", kind, PROMPT);
  }

  @Test
  void the_same_file_twice_adds_nothing_and_leaves_no_backup() throws IOException {
    Path file = file("a.jsonl", rows(30));
    importing(file, PROMPT, null);
    byte[] before = Files.readAllBytes(db());

    ImportReport again = importing(file, PROMPT, null);

    assertThat(again.rows().written()).isZero();
    assertThat(again.rows().known()).isEqualTo(30);
    assertThat(again.backup()).isNull();
    assertThat(Files.readAllBytes(db())).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, db());
    }
  }

  @Test
  void what_is_added_to_a_database_is_backed_up_before_and_the_rest_stays() throws IOException {
    importing(file("a.jsonl", rows(10)), PROMPT, null);

    ImportReport more = importing(file("b.jsonl", rows(12)), PROMPT, null, "a");

    assertThat(more.rows().written()).isEqualTo(2);
    assertThat(Path.of(String.valueOf(more.backup()))).exists();
    in(db(), corpus -> assertThat(attempts(corpus)).hasSize(12));
  }

  @Test
  void a_score_that_comes_later_is_given_to_the_output_of_its_id() throws IOException {
    importing(file("a.csv", "id,input,output\n1,In,Out\n"), PROMPT, null);

    importing(file("b.csv", "id,input,output,score\n1,In,Out,7\n"), PROMPT, null, "a");
    importing(file("c.csv", "id,input,output,score\n1,In,Out,3\n"), PROMPT, Scale.TO_TEN, "a");

    in(
        db(),
        corpus ->
            assertThat(attempts(corpus))
                .singleElement()
                .satisfies(a -> assertThat(a.score().value()).isEqualTo(3)));
  }

  @Test
  void a_dry_run_counts_the_same_and_writes_nothing() throws IOException {
    Path file = file("a.jsonl", rows(5));

    ImportReport dry =
        new Importer(CLOCK)
            .run(
                new ImportRequest(
                    ImportRequest.Given.of(file),
                    db(),
                    PROMPT,
                    null,
                    null,
                    Map.of(),
                    null,
                    null,
                    true));

    assertThat(dry.rows().written()).isEqualTo(5);
    assertThat(db()).doesNotExist();
  }

  @Test
  void alike_prompts_are_versions_of_one_agent_and_others_are_lineages_of_their_own()
      throws IOException {
    Path file =
        file(
            "p.jsonl",
            """
            {"prompt":"Name the mood of the review in one word.","input":"a","output":"x","score":8}
            {"prompt":"Name the mood of the review in one word, lower case.","input":"b","output":"y","score":9}
            {"prompt":"Translate into French.","input":"c","output":"z","score":10}
            """);

    importing(file, null, null);

    in(
        db(),
        corpus -> {
          assertThat(corpus.lineages()).extracting(l -> l.label()).containsExactly("A", "B");
          String first = corpus.lineages().get(0).id();
          return assertThat(corpus.agentVersions(first))
              .extracting(AgentVersion::number)
              .containsExactly(1, 2);
        });
  }

  @Test
  void a_chat_s_system_is_the_prompt_and_its_last_exchange_the_attempt() throws IOException {
    Path file =
        file(
            "chat.jsonl",
            """
            {"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"Hi"},\
            {"role":"assistant","content":"Hello"},{"role":"user","content":[{"type":"text","text":"Bye"}]},\
            {"role":"assistant","content":"Farewell"}],"rating":"👍"}
            """);

    ImportReport report = importing(file, null, null);

    assertThat(report.scale()).isEqualTo("thumbs");
    in(
        db(),
        corpus ->
            assertThat(attempts(corpus))
                .singleElement()
                .satisfies(
                    a -> {
                      assertThat(a.systemPrompt()).isEqualTo("Be kind.");
                      assertThat(a.input()).isEqualTo("Bye");
                      assertThat(a.output()).isEqualTo("Farewell");
                      assertThat(a.score().value()).isEqualTo(10);
                    }));
  }

  @Test
  void scores_that_may_be_of_two_scales_are_asked_about_and_nothing_is_written()
      throws IOException {
    Path file = file("a.csv", "input,output,score\na,b,2\nc,d,5\n");

    assertThatThrownBy(() -> importing(file, PROMPT, null))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-2203")
        .hasMessageContaining("1..10, 1..5");
    assertThat(db()).doesNotExist();

    importing(file, PROMPT, Scale.TO_FIVE);
    in(
        db(),
        corpus ->
            assertThat(attempts(corpus))
                .extracting(a -> a.score().value())
                .containsExactlyInAnyOrder(3, 10));
  }

  @Test
  void a_bad_score_a_bad_line_and_a_missing_input_leave_out_their_row_alone() throws IOException {
    Path file =
        file(
            "a.jsonl",
            """
            {"input":"a","output":"b","score":"8,4"}
            {"input":"a2","output":"b","score":"eleven"}
            {"input":
            {"output":"b","score":3}
            """);

    ImportReport report = importing(file, PROMPT, null);

    assertThat(report.rows().written()).isEqualTo(1);
    assertThat(report.skipped())
        .extracting(ImportReport.Left::line, ImportReport.Left::code)
        .containsExactly(tuple(2L, "LB-2213"), tuple(3L, "LB-2210"), tuple(4L, "LB-2212"));
  }

  @Test
  void outputs_of_which_nobody_knows_the_prompt_are_not_guessed_about() throws IOException {
    Path file = file("a.csv", "input,output,score\na,b,9\n");

    assertThatThrownBy(() -> importing(file, null, null))
        .hasMessageContaining("LB-2204")
        .hasMessageContaining("--prompt");
  }

  @Test
  void other_encodings_are_read_and_said() throws IOException {
    Path windows = folder.resolve("w.csv");
    Files.write(
        windows, "input,output,score\nGröße,gut,9\n".getBytes(Charset.forName("windows-1252")));
    Path wide = folder.resolve("x.csv");
    Files.write(wide, "input\toutput\tscore\nGröße 2\tgut\t9\n".getBytes(StandardCharsets.UTF_16));

    ImportReport report = importing(windows, PROMPT, null);
    importing(wide, PROMPT, null, "w");

    assertThat(report.remarks()).singleElement().asString().contains("windows-1252");
    in(
        db(),
        corpus ->
            assertThat(attempts(corpus))
                .extracting(Attempt::input)
                .containsExactlyInAnyOrder("Größe", "Größe 2"));
  }

  @Test
  void a_line_of_twenty_megabytes_is_an_attempt_like_others() throws IOException {
    Path file =
        file(
            "long.jsonl",
            "{\"input\":\"" + "x".repeat(20 << 20) + "\",\"output\":\"y\",\"score\":9}\n");

    assertThat(importing(file, PROMPT, null).rows().written()).isEqualTo(1);
  }

  @Test
  @Needs(Need.APP_SAMPLES)
  void the_rows_of_an_app_s_database_are_never_changed() throws IOException {
    Files.copy(Samples.file("small.db"), db());
    long before = in(db(), corpus -> (long) attempts(corpus).size());
    Path file = file("a.jsonl", rows(3));

    importing(file, PROMPT, null, "mine");

    in(
        db(),
        corpus -> {
          assertThat(corpus.sessions()).hasSize(2);
          return assertThat(attempts(corpus)).hasSize((int) before + 3);
        });
  }

  @Test
  void a_tag_is_the_group_of_captured_inputs_and_of_tasks() throws IOException {
    Path file =
        file(
            "a.jsonl",
            """
            {"input":"a","output":"x","score":8,"tag":"short"}
            {"input":"b","output":"x","score":9}
            {"input":"c","tag":"long"}
            {"input":"d","output":"x","expected":"y","category":"long"}
            """);

    String session = importing(file, PROMPT, null).sessionId();

    in(
        db(),
        corpus -> {
          assertThat(CapturedTasks.of(corpus, session))
              .extracting(Task::input, Task::tag)
              .containsExactlyInAnyOrder(tuple("a", "short"), tuple("b", null), tuple("d", "long"));
          return assertThat(Tasks.provided(corpus, session))
              .extracting(Task::input, Task::tag)
              .containsExactlyInAnyOrder(tuple("c", "long"), tuple("d", "long"));
        });
  }

  @Test
  void an_answer_may_be_a_list_a_number_or_an_object_and_one_that_holds_nothing_is_refused()
      throws IOException {
    Path file =
        file(
            "a.jsonl",
            """
            {"input":"a","expected":["yes",1]}
            {"input":"b","expected":12.50}
            {"input":"c","expected":{"mood":"good"}}
            {"input":"d","expected":"12.50"}
            {"input":"e","expected":12345678901234567890.5}
            {"input":"f","expected":[]}
            """);

    ImportReport report = importing(file, PROMPT, null);

    assertThat(report.skippedByCode()).containsExactly(Map.entry("LB-2216", 1L));
    in(
        db(),
        corpus ->
            assertThat(Tasks.provided(corpus, report.sessionId()))
                .extracting(Task::input, Task::expected)
                .containsExactlyInAnyOrder(
                    tuple("a", new Expected.AnyOf(List.of(text("yes"), number("1")))),
                    tuple("b", number("12.50")),
                    tuple("c", new Expected.Structure("{\"mood\":\"good\"}")),
                    tuple("d", text("12.50")),
                    tuple("e", number("12345678901234567890.5"))));
  }

  private static Expected text(String text) {
    return new Expected.Text(text);
  }

  private static Expected number(String digits) {
    return new Expected.Numeral(digits);
  }

  @Test
  void an_input_of_named_values_fills_the_places_of_the_prompt() throws IOException {
    String prompt = "Name the mood of {{review}} in {{language}}.";
    Path file =
        file(
            "a.jsonl",
            """
            {"input":{"review":"It's fun","language":"French"},"output":"gai","score":9}
            {"input":{"review":"It's dull"},"output":"terne","score":8}
            """);

    String session = importing(file, prompt, null).sessionId();

    in(
        db(),
        corpus ->
            assertThat(Tasks.withValues(CapturedTasks.of(corpus, session), prompt))
                .extracting(task -> Opening.of(prompt, task).get(0).content())
                .containsExactly("Name the mood of It's fun in French.", prompt));
  }

  private static String rows(int n) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < n; i++) {
      rows.append(
          "{\"input\":\"in %d\",\"output\":\"out\",\"score\":%d}\n".formatted(i, 10 - i % 10));
    }
    return rows.toString();
  }

  private Path db() {
    return folder.resolve("camp.db");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private ImportReport importing(Path file, @Nullable String prompt, @Nullable Scale scale) {
    return importing(file, prompt, scale, null);
  }

  private ImportReport importing(
      Path file, @Nullable String prompt, @Nullable Scale scale, @Nullable String session) {
    return new Importer(CLOCK)
        .run(
            new ImportRequest(
                ImportRequest.Given.of(file),
                db(),
                prompt,
                session,
                null,
                Map.of(),
                scale,
                null,
                false));
  }

  private static <T> T in(Path db, Function<Corpus, T> look) {
    try (CampDatabase database = CampDatabase.open(db, CampDatabase.Options.DEFAULT)) {
      return look.apply(database.corpus());
    }
  }

  private static List<Attempt> attempts(Corpus corpus) {
    try (Stream<Attempt> attempts = corpus.attempts()) {
      return attempts.toList();
    }
  }
}
