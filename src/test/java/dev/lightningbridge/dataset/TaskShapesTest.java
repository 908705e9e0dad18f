package dev.lightningbridge.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.dataset.tasks.TaskFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskShapesTest {
  private static final String ONE = "{\"id\":\"a\",\"input\":\"Größe 😀?\",\"expected\":\"yes\"}";
  private static final String TWO = "{\"id\":\"b\",\"input\":\"two\",\"expected\":\"no\"}";
  private static final String LINES = ONE + "\n" + TWO + "\n";

  @TempDir Path folder;

  static Stream<Arguments> shapes() throws IOException {
    return Stream.of(
        shape("JSON Lines", LINES.getBytes(UTF_8)),
        shape("JSON Lines", ("\ufeff" + LINES.replace("\n", "\r\n\r\n")).getBytes(UTF_8)),
        shape("JSON Lines", LINES.getBytes(UTF_16)),
        shape("JSON Lines", LINES.getBytes(UTF_16LE)),
        shape("JSON Lines", zipped(LINES.getBytes(UTF_8))),
        shape("JSON Lines", zipped(LINES.getBytes(UTF_16))),
        shape("JSON Lines", (ONE + ",\n" + TWO + ",\n").getBytes(UTF_8)),
        shape("a JSON list", ("[" + ONE + ",\n " + TWO + "]").getBytes(UTF_8)),
        shape("a JSON list", ("\n [\n" + ONE + "\n,\n" + TWO + "\n]\n").getBytes(UTF_8)),
        shape(
            "a JSON list in an object",
            ("{\"version\":2,\"data\":[" + ONE + "," + TWO + "]}").getBytes(UTF_8)),
        shape(
            "JSON over several lines",
            ("{\n\"data\": [\n" + ONE + ",\n" + TWO + "\n]\n}\n").getBytes(UTF_8)),
        shape(
            "JSON over several lines",
            (LINES.replace("{", "{\n  ").replace(",\"", ",\n  \"")).getBytes(UTF_8)),
        shape("CSV", "id,input,expected\r\na,Größe 😀?,yes\r\nb,two,no\r\n".getBytes(UTF_8)),
        shape(
            "CSV",
            "\ufeff\"id\";\"input\";\"expected\"\na;\"Größe 😀?\";yes\nb;two;\"no\""
                .getBytes(UTF_8)),
        shape("CSV", "expected\tid\tinput\nyes\ta\tGröße 😀?\n\nno\tb\ttwo\n".getBytes(UTF_16)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void what_a_file_is_shows_in_its_first_bytes_and_it_is_read_as_that(String form, byte[] bytes)
      throws IOException {
    TaskFile.Contents contents = read(bytes);

    assertThat(contents.form()).isEqualTo(form);
    assertThat(contents.tasks())
        .containsExactly(task("a", "Größe 😀?", "yes"), task("b", "two", "no"));
    assertThat(contents.skipped()).isEmpty();
    assertThat(contents.remarks()).isEmpty();
  }

  static Stream<Arguments> others() throws IOException {
    return Stream.of(
        Arguments.of("PK\u0003\u0004".getBytes(ISO_8859_1), "save a spreadsheet as CSV"),
        Arguments.of("SQLite format 3\0".getBytes(ISO_8859_1), "--db"),
        Arguments.of("PAR1".getBytes(ISO_8859_1), "read_parquet"),
        Arguments.of(ONE.getBytes(ISO_8859_1), "iconv -f WINDOWS-1252"),
        Arguments.of("id,input\n1,Größe\n".getBytes(ISO_8859_1), "iconv -f WINDOWS-1252"),
        Arguments.of("[\"Größe\"]".getBytes(ISO_8859_1), "iconv -f WINDOWS-1252"),
        Arguments.of("name,text\n1,a\n".getBytes(UTF_8), "of the columns name, text none is"),
        Arguments.of("{'id': 'a', 'input': 'x'}\n".getBytes(UTF_8), "json.dumps"),
        Arguments.of("{\"input\":\"x\",\"expected\":NaN}\n".getBytes(UTF_8), "it has NaN"),
        Arguments.of("{\"input\":\"x\",}\n".getBytes(UTF_8), "before a closing bracket"),
        Arguments.of("[{\"input\":\"x\"".getBytes(UTF_8), "LB-2002"),
        Arguments.of("[]".getBytes(UTF_8), "no usable task"),
        Arguments.of("input\n\"never ends\n".getBytes(UTF_8), "never ends"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void what_cannot_be_read_is_named_with_what_to_do(byte[] bytes, String said) {
    assertThatThrownBy(() -> read(bytes)).hasMessageContaining(said);
  }

  @Test
  void a_spreadsheets_rows_may_hold_ends_of_lines_quotes_and_lists() throws IOException {
    List<Task> tasks =
        read("input;expected;tag;\n"
                + "\"first\nsecond \"\"line\"\"\";\"[\"\"yes\"\",\"\"y\"\"]\";sums;\n"
                + "12,50;12,50;;\n")
            .tasks();

    assertThat(tasks.get(0).input()).isEqualTo("first\nsecond \"line\"");
    assertThat(tasks.get(0).expected().alternatives()).hasSize(2);
    assertThat(tasks.get(0).tag()).isEqualTo("sums");
    assertThat(tasks.get(1).expectedText()).isEqualTo("12,50");
    assertThat(tasks.get(1).tag()).isNull();
  }

  @Test
  void a_bad_row_is_named_by_the_line_on_which_it_begins() throws IOException {
    assertThat(read("input,id\n\"a\nb\",1\n,2\nc,1\n").skipped())
        .extracting(Skipped::id)
        .containsExactly("line 4", "line 5");
    assertThat(read("[" + ONE + ",{\"id\":\"x\"}," + TWO + "]").skipped())
        .extracting(Skipped::id)
        .containsExactly("element 2");
  }

  @Test
  void a_list_that_breaks_off_keeps_nothing_of_what_is_behind() throws IOException {
    assertThatThrownBy(() -> read("[" + ONE + "," + TWO.substring(0, 9)))
        .hasMessageContaining("LB-2002");
  }

  @ParameterizedTest
  @CsvSource({
    "question,answer",
    "prompt,completion",
    "Input,Expected Output",
    "query,ideal",
    "inputs,expectedOutput",
    "input,label",
    "input,reference",
    "input,ground_truth"
  })
  void names_of_other_tools_are_understood_and_told(String input, String expected)
      throws IOException {
    TaskFile.Contents contents =
        read("{\"id\":\"b\",\"%s\":\"two\",\"%s\":\"no\"}\n".formatted(input, expected));

    assertThat(contents.tasks()).containsExactly(task("b", "two", "no"));
    assertThat(contents.remarks())
        .contains("\"%s\" was read as \"expected\".".formatted(expected))
        .hasSize(input.equals("input") ? 1 : 2);
  }

  @Test
  void mlflows_expectations_are_understood() throws IOException {
    assertThat(
            read("{\"id\":\"b\",\"inputs\":\"two\",\"expectations\":{\"expected_response\":\"no\"}}")
                .tasks())
        .containsExactly(task("b", "two", "no"));
  }

  @Test
  void our_own_name_comes_before_those_of_others_and_two_of_others_clash() throws IOException {
    TaskFile.Contents contents =
        read(
            """
            {"id":"b","input":"two","expected":"no","label":"x"}
            {"id":"c","input":"three","answer":"no","label":"x"}
            {"id":"d","input":"four","answer":"no","label":null}
            """);

    assertThat(contents.tasks()).extracting(Task::expectedText).containsExactly("no", "no");
    assertThat(contents.skipped()).extracting(Skipped::code).containsExactly("LB-2012");
    assertThat(contents.remarks())
        .contains("\"label\" was not read beside \"expected\": 2 times, first in line 1.");
  }

  @Test
  void members_that_nobody_knows_are_counted_and_a_typo_is_named_with_what_is_meant()
      throws IOException {
    assertThat(
            read("""
                    {"id":"a","input":"one","expcted":"no","weight":1}
                    {"id":"b","input":"two","expected":"no","weight":2}
                    """)
                .remarks())
        .containsExactly(
            "\"expcted\" is no member of a task and was not read: line 1."
                + " Did you mean \"expected\"?",
            "\"weight\" is no member of a task and was not read: 2 times, first in line 1.");
  }

  @Test
  void two_lines_with_one_input_and_different_answers_are_named_as_contradicting()
      throws IOException {
    TaskFile.Contents contents =
        read(
            """
            {"id":"a","input":"Is it?","expected":"yes"}
            {"id":"b","input":"is  it?","expected":"no"}
            {"id":"c","input":"Is it?","expected":"yes"}
            {"id":"d","input":"Is it?"}
            {"input":"No id?","expected":"yes"}
            {"input":"No id?","expected":"no"}
            """);

    assertThat(contents.tasks()).hasSize(2);
    assertThat(contents.skipped())
        .extracting(Skipped::code)
        .containsExactly("LB-2011", "LB-2007", "LB-2011", "LB-2011");
    assertThat(contents.skipped().getFirst().why()).contains("contradicts line 1");
  }

  private static Arguments shape(String form, byte[] bytes) {
    return Arguments.of(form, bytes);
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static Task task(String id, String input, String expected) {
    return new Task(id, input, expected, List.of(), null, TaskSource.PROVIDED);
  }

  private TaskFile.Contents read(String text) throws IOException {
    return read(text.getBytes(UTF_8));
  }

  private TaskFile.Contents read(byte[] bytes) throws IOException {
    Path file = folder.resolve("tasks");
    Files.write(file, bytes);
    return TaskFile.read(file);
  }
}
