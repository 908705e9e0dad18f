package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.demo.SampleDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void synthetic_tasks_mend_a_session_with_one_input_and_can_be_edited_as_a_file()
      throws IOException {
    Path camp = folder.resolve("camp.db");
    SampleDatabase.Summary sample = SampleDatabase.create(camp, 1);
    String session = sample.sessions().get(3).id();
    assertThat(
            bridge(
                "optimize",
                "--db",
                camp.toString(),
                "--session",
                session,
                "--engine",
                "java",
                "--rounds",
                "1",
                "--sandbox",
                "--synthesize",
                "20"))
        .as(errors())
        .isZero();
    assertThat(output().lines().findFirst().orElseThrow()).contains("tasks are synthetic");

    Path file = folder.resolve("synthetic.jsonl");
    assertThat(tasks(camp, session, "--out", file.toString())).isZero();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    assertThat(lines).hasSize(20).allSatisfy(l -> assertThat(l).contains("\"synthetic\""));

    lines.subList(1, 20).clear();
    lines.add("{\"input\": \"An input by hand\", \"expected\": \"Done\"}");
    Files.write(file, lines);
    assertThat(tasks(camp, session, "--replace", file.toString())).isZero();
    assertThat(output()).contains("synthetic  2").contains("An input by hand");
  }

  @Test
  void a_file_without_tasks_replaces_nothing() throws IOException {
    Path camp = folder.resolve("camp.db");
    String session = SampleDatabase.create(camp, 1).sessions().get(3).id();
    Path file = Files.writeString(folder.resolve("empty.jsonl"), "no task\n");
    assertThat(tasks(camp, session, "--replace", file.toString())).isEqualTo(3);
    assertThat(tasks(camp, "no-such-session")).isEqualTo(3);
    assertThat(errors()).contains("LB-7102");
  }

  private int tasks(Path camp, String session, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("tasks", "--db", camp.toString(), "--session", session));
    arguments.addAll(List.of(more));
    return bridge(arguments.toArray(String[]::new));
  }

  private int bridge(String... arguments) {
    out.reset();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", folder.resolve("home").toString()));
    return Bridge.run(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)),
        new Interrupts(),
        all.toArray(String[]::new));
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
