package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.demo.SampleDatabase;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of a grader in Python, through the command line. */
@Timeout(300)
class ExternalGraderCommandTest {
  private static final String GRADER = "python3 docs/examples/grader_tolerance.py 0.01";

  @TempDir static Path folder;
  private static Path camp;
  private static String session;
  private static Path tasks;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void invoicesWithWhatIsInThem() throws IOException {
    camp = folder.resolve("camp.db");
    SampleDatabase.SampleSession invoices =
        SampleDatabase.create(camp, 7).sessions().stream()
            .filter(s -> s.domain() == SandboxDomain.EXTRACT)
            .findFirst()
            .orElseThrow();
    session = invoices.id();
    SandboxTruth truth = SandboxTruth.ofSeed(7);
    List<String> lines = new ArrayList<>();
    for (String input : truth.inputs(SandboxDomain.EXTRACT, invoices.inputs())) {
      String id = "i" + lines.size();
      lines.add(Json.write(Map.of("id", id, "input", input, "expected", truth.goldOutput(input))));
    }
    tasks = Files.write(folder.resolve("tasks.jsonl"), lines);
  }

  private int optimize(String... more) {
    List<String> all = new ArrayList<>(List.of("optimize", "--sandbox", "--sandbox-seed", "7"));
    all.addAll(List.of("--db", camp.toString(), "--session", session, "--json"));
    all.addAll(List.of("--home", folder.resolve("home").toString()));
    all.addAll(List.of("--tasks", tasks.toString(), "--grader-command", GRADER));
    all.addAll(List.of(more));
    return Bridge.run(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)),
        new Interrupts(),
        all.toArray(String[]::new));
  }

  private JsonNode document() throws IOException {
    return Json.mapper().readTree(out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theGraderOfTheExamplesLeadsASearchToAVerdict() throws IOException {
    assertThat(optimize("--engine", "java", "--rounds", "2")).as(err::toString).isZero();

    JsonNode result = document();
    assertThat(result.path("grader").asText()).isEqualTo(GRADER);
    assertThat(result.path("judge").isNull()).isTrue();
    assertThat(result.path("verdict").asText())
        .as(result.path("reason").asText())
        .isEqualTo("PROMOTE");
    assertThat(result.at("/rollouts").toString()).doesNotContain("\"ungraded\":1");
    assertThat(result.path("remarks").toString()).contains("outside of this program");
  }

  @Test
  void theEstimateNamesItAndHowOftenItIsAsked() throws IOException {
    assertThat(optimize("--engine", "java", "--dry-run")).as(err::toString).isZero();

    JsonNode estimate = document();
    assertThat(estimate.path("judged").asBoolean()).isFalse();
    assertThat(estimate.at("/externalGrades/grader").asText()).isEqualTo(GRADER);
    assertThat(estimate.at("/externalGrades/grades").asLong())
        .isGreaterThan(2 * estimate.path("test").asLong());
  }
}
