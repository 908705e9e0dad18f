package dev.lightningbridge.dataset.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.dataset.Check;
import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFileTest {
  @TempDir Path folder;

  @Test
  void a_line_is_a_task_with_its_expected_output_and_checks() throws IOException {
    List<Task> tasks =
        read("""
                {"id":"t1","input":"Refund?","expected":"yes","checks":[{"contains":"y"},{"matches":"^y"},{"json":"a.b","equals":{"c":[1,null]}}]}
                {"id":2,"input":"Weather?","expected":{"queue": "other"}}
                {"input":"No id"}
                """)
            .tasks();

    assertThat(tasks)
        .containsExactly(
            new Task(
                "t1",
                "Refund?",
                "yes",
                List.of(
                    new Check.Contains("y"),
                    new Check.Matches("^y"),
                    new Check.JsonField("a.b", "{\"c\":[1,null]}")),
                null,
                TaskSource.PROVIDED),
            new Task(
                "2",
                "Weather?",
                new Expected.Structure("{\"queue\": \"other\"}"),
                List.of(),
                null,
                TaskSource.PROVIDED,
                null),
            task(InputKey.of("No id").taskId(), "No id", null));
  }

  @Test
  void a_tag_is_kept_and_written_as_it_was_read() throws IOException {
    List<Task> tasks =
        read("""
                {"id":"a","input":"x","tag":" billing "}
                {"id":"b","input":"y","tag":7}
                {"id":"c","input":"z","tag":"  "}
                {"id":"d","input":"w","tag":null}
                """)
            .tasks();
    assertThat(tasks).extracting(Task::tag).containsExactly("billing", "7", null, null);
    for (Task task : tasks) {
      assertThat(read(TaskJson.write(task).toString()).tasks()).containsExactly(task);
    }
    Task captured = task("a", "elsewhere", null);
    assertThat(Tasks.merged(List.of(List.of(captured), tasks)))
        .extracting(Task::tag)
        .containsExactly(null, "billing", "7", null, null);
  }

  @Test
  void a_byte_order_mark_cr_lf_empty_lines_and_a_missing_last_line_end_do_no_harm()
      throws IOException {
    assertThat(
            read("\ufeff{\"id\":\"a\",\"input\":\"x\"}\r\n\r\n  \n{\"id\":\"b\",\"input\":\"y\"}")
                .tasks())
        .containsExactly(task("a", "x", null), task("b", "y", null));
  }

  @Test
  void a_bad_line_is_skipped_and_listed_by_its_number() throws IOException {
    TaskFile.Contents contents =
        read(
            """
            {"id":"a","input":"x"}
            {"id":"b","input":
            [1]
            {"id":"c"}
            {"id":"d","input":"  "}
            {"id":"e","input":7}
            {"id":"a","input":"other"}
            {"id":"f","input":" X "}
            {"id":"g","input":"z","checks":[{"matches":"("}]}
            {"id":"h","input":"z","checks":[{"equal":"to"}]}
            {"id":"i","input":"w"} {"id":"j","input":"v"}
            """);

    assertThat(contents.tasks()).containsExactly(task("a", "x", null));
    assertThat(contents.skipped())
        .extracting(Skipped::id, Skipped::code)
        .containsExactly(
            tuple("line 2", "LB-2003"),
            tuple("line 3", "LB-2003"),
            tuple("line 4", "LB-2005"),
            tuple("line 5", "LB-2005"),
            tuple("line 6", "LB-2005"),
            tuple("line 7", "LB-2006"),
            tuple("line 8", "LB-2007"),
            tuple("line 9", "LB-2008"),
            tuple("line 10", "LB-2008"),
            tuple("line 11", "LB-2003"));
  }

  @Test
  void a_line_of_50_mb_is_passed_over() throws IOException {
    Path file = folder.resolve("tasks.jsonl");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write("{\"id\":\"huge\",\"input\":\"".getBytes(UTF_8));
      byte[] chunk = "x".repeat(1_000_000).getBytes(UTF_8);
      for (int i = 0; i < 50; i++) {
        out.write(chunk);
      }
      out.write("\"}\n{\"id\":\"small\",\"input\":\"y\"}\n".getBytes(UTF_8));
    }

    TaskFile.Contents contents = TaskFile.read(file);

    assertThat(contents.tasks()).containsExactly(task("small", "y", null));
    assertThat(contents.skipped()).extracting(Skipped::code).containsExactly("LB-2004");
  }

  @Test
  void nesting_of_a_hundred_thousand_levels_is_a_bad_line() throws IOException {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    TaskFile.Contents contents =
        read("{\"input\":\"x\",\"expected\":" + deep + "}\n{\"id\":\"a\",\"input\":\"y\"}\n");
    assertThat(contents.tasks()).hasSize(1);
    assertThat(contents.skipped()).extracting(Skipped::code).containsExactly("LB-2003");
  }

  @Test
  void members_by_the_hundred_thousand_are_a_bad_line() throws IOException {
    String members =
        IntStream.range(0, 300_000)
            .mapToObj(i -> "\"" + i + "\":1")
            .collect(Collectors.joining(","));
    TaskFile.Contents contents =
        read("{\"input\":\"x\"," + members + "}\n{\"id\":\"b\",\"input\":\"y\"}\n");
    assertThat(contents.tasks()).containsExactly(task("b", "y", null));
    assertThat(contents.skipped()).extracting(Skipped::code).containsExactly("LB-2003");
  }

  @Test
  void text_in_another_encoding_is_a_bad_line() throws IOException {
    Path file = folder.resolve("latin.jsonl");
    Files.write(file, new byte[] {'{', '"', (byte) 0xe4, '"', '}', '\n'});
    assertThatThrownBy(() -> TaskFile.read(file)).hasMessageContaining("line 1: not in UTF-8");
  }

  @Test
  void a_file_without_a_usable_task_is_an_error_that_names_the_first_bad_line() throws IOException {
    Path file = folder.resolve("tasks.jsonl");
    Files.writeString(file, "hello\n");
    assertThatThrownBy(() -> TaskFile.read(file))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-2002")
        .hasMessageContaining("line 1: no JSON");
    Files.writeString(file, "");
    assertThatThrownBy(() -> TaskFile.read(file)).hasMessageContaining("it is empty");
  }

  @Test
  void a_file_of_something_else_ends_after_a_thousand_bad_lines() throws IOException {
    Path file = folder.resolve("log.txt");
    Files.writeString(file, "{\"input\":\"x\"}\n" + "INFO started\n".repeat(2_000));
    assertThatThrownBy(() -> TaskFile.read(file)).hasMessageContaining("more than 1,000 bad lines");
  }

  @Test
  void a_missing_file_and_a_folder_are_named() {
    assertThatThrownBy(() -> TaskFile.read(folder)).hasMessageContaining("LB-2001");
    assertThatThrownBy(() -> TaskFile.read(folder.resolve("none.jsonl")))
        .hasMessageContaining("none.jsonl");
  }

  @Test
  void a_task_that_is_written_is_read_back_as_it_was() throws Exception {
    Task task =
        new Task(
            "t",
            "in \ud83d\ude00 {x}",
            "{\"a\":1}",
            List.of(new Check.JsonField("a", "1.50"), new Check.Contains("b")),
            "S1",
            TaskSource.SYNTHETIC);
    assertThat(TaskJson.read(TaskJson.write(task).toString()))
        .isEqualTo(
            new Task(
                "t",
                task.input(),
                "{\"a\":1}",
                List.of(new Check.JsonField("a", "1.5"), new Check.Contains("b")),
                "S1",
                TaskSource.SYNTHETIC));
  }

  private static Task task(String id, String input, String expected) {
    return new Task(id, input, expected, List.of(), null, TaskSource.PROVIDED);
  }

  private TaskFile.Contents read(String text) throws IOException {
    Path file = folder.resolve("tasks.jsonl");
    Files.writeString(file, text);
    return TaskFile.read(file);
  }
}
