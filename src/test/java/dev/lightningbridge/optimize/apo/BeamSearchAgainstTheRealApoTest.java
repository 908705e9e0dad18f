package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.HumanNote;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real class and ours, on the same scripted answers, with the real one's random choices put
 * into ours. Settings and numbers of tasks vary with the seed.
 */
@NeedsEnvironment(EnvironmentKind.APO)
class BeamSearchAgainstTheRealApoTest {
  private static final int SEEDS = 150;

  private static List<JsonNode> real = List.of();

  @BeforeAll
  static void run_the_real_one(@TempDir Path folder) throws Exception {
    Path script = folder.resolve("real_apo.py");
    try (var text =
        BeamSearchAgainstTheRealApoTest.class.getResourceAsStream("/optimize/real_apo.py")) {
      Files.copy(text, script);
    }
    Path out = folder.resolve("out.jsonl");
    Path log = folder.resolve("log.txt");
    Process python =
        new ProcessBuilder(
                Environments.of(EnvironmentKind.APO).python().toString(),
                script.toString(),
                "" + SEEDS)
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    boolean ended = python.waitFor(5, TimeUnit.MINUTES);
    python.destroyForcibly();
    assertThat(ended && python.exitValue() == 0).as(() -> tail(log)).isTrue();
    try (Stream<String> lines = Files.lines(out)) {
      real = lines.map(BeamSearchAgainstTheRealApoTest::parsed).toList();
    }
    assertThat(real).hasSize(SEEDS);
  }

  @Test
  void candidates_scores_beams_and_winner_are_those_of_the_real_class_for_every_seed() {
    for (JsonNode expected : real) {
      ScriptedWorld world = new ScriptedWorld();
      Replay choices = new Replay(expected.path("choices"));
      OptimizationResult result = search(expected, world, choices);
      assertThat(told(world, result))
          .as("seed %s", expected.path("seed"))
          .isEqualTo(told(expected));
      assertThat(choices.left()).as("choices left, seed %s", expected.path("seed")).isZero();
    }
  }

  @Test
  void the_seeds_cover_notes_rounds_that_improve_ties_and_empty_answers() {
    assertThat(real).anyMatch(r -> !r.path("best").path(0).asText().equals("v0"));
    assertThat(real).anyMatch(r -> r.path("best").path(0).asText().equals("v0"));
    assertThat(real)
        .as("two searches in three have no notes by people")
        .areExactly(
            100, new Condition<>(r -> r.path("humanNotes").isEmpty(), "a search without notes"));
    assertThat(real)
        .as("an empty critique makes a copy of its parent")
        .anyMatch(
            r ->
                stream(r.path("candidates")).map(c -> c.path(1).asText()).distinct().count()
                    < r.path("candidates").size());
  }

  private static OptimizationResult search(
      JsonNode expected, ScriptedWorld world, Choices choices) {
    JsonNode s = expected.path("settings");
    ApoSettings settings =
        new ApoSettings(
            s.path("beam_rounds").asInt(),
            s.path("beam_width").asInt(),
            s.path("branch_factor").asInt(),
            s.path("gradient_batch_size").asInt(),
            s.path("val_batch_size").asInt(),
            1.0,
            1 + expected.path("seed").asInt() % 8);
    OptimizationJob job =
        new OptimizationJob(
            "run",
            "[P:seed]",
            tasks(expected.path("trainTasks")),
            tasks(expected.path("validationTasks")),
            stream(expected.path("humanNotes")).map(n -> directive(n.asText())).toList(),
            settings,
            0);
    BeamSearch beamSearch = new BeamSearch();
    try (Workbench bench = new Workbench(job, world.context(), beamSearch.plan(job))) {
      beamSearch.search(job, bench, choices);
      return bench.result(StopReason.FINISHED);
    } catch (SearchStopped e) {
      throw new AssertionError(e);
    }
  }

  private static String told(JsonNode real) {
    return Stream.of("candidates", "train", "validation", "beams", "best")
        .map(name -> name + " " + real.path(name))
        .reduce("", (a, b) -> a + "\n" + b);
  }

  private static String told(ScriptedWorld world, OptimizationResult result) {
    ArrayNode candidates = Json.mapper().createArrayNode();
    world
        .events(RunEvent.CandidateMade.class)
        .forEach(c -> candidates.addArray().add(c.candidate()).add(c.prompt()));
    ArrayNode beams = Json.mapper().createArrayNode();
    for (RunEvent.RoundFinished round : world.events(RunEvent.RoundFinished.class)) {
      ArrayNode beam = beams.addArray();
      round.beam().forEach(beam::add);
    }
    String best = world.events(RunEvent.BestChanged.class).getLast().candidate();
    return "\ncandidates %s\ntrain %s\nvalidation %s\nbeams %s\nbest %s"
        .formatted(
            candidates,
            evaluations(world, "train"),
            evaluations(world, "validation"),
            beams,
            Json.mapper()
                .createArrayNode()
                .add(best)
                .add(result.prompt())
                .add(result.validationScore()));
  }

  private static ArrayNode evaluations(ScriptedWorld world, String purpose) {
    ArrayNode evaluations = Json.mapper().createArrayNode();
    world.events(RunEvent.Evaluated.class).stream()
        .filter(e -> e.purpose().equals(purpose))
        .forEach(e -> evaluations.addArray().add(e.candidate()).add(e.tasks()).add(e.mean()));
    return evaluations;
  }

  private static List<Task> tasks(JsonNode inputs) {
    return stream(inputs).map(JsonNode::asText).map(ScriptedWorld::task).toList();
  }

  private static HumanNote directive(String text) {
    return new HumanNote(HumanNote.Kind.DIRECTIVE, text, null, null, null);
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode parsed(String line) {
    try {
      return Json.mapper().readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private static String tail(Path log) {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - 3000));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Gives the choices that the real class made, kind by kind in their order. */
  private static final class Replay implements Choices {
    private final List<JsonNode> critiques;
    private final List<JsonNode> edits;
    private final List<JsonNode> samples;
    private final List<JsonNode> shuffles;

    Replay(JsonNode choices) {
      critiques = queue(choices.path("critique"));
      edits = queue(choices.path("edit"));
      samples = queue(choices.path("sample"));
      shuffles = queue(choices.path("shuffle"));
    }

    private static List<JsonNode> queue(JsonNode array) {
      return new ArrayList<>(stream(array).toList());
    }

    @Override
    public <T> T choice(List<T> options) {
      List<JsonNode> queue = options.size() == MetaPrompt.CRITIQUES.size() ? critiques : edits;
      return options.get(queue.removeFirst().asInt());
    }

    @Override
    public <T> List<T> sample(List<T> population, int size) {
      return picked(population, samples.removeFirst(), size);
    }

    @Override
    public <T> List<T> shuffled(List<T> list) {
      return picked(list, shuffles.removeFirst(), list.size());
    }

    @Override
    public boolean chance(double probability) {
      throw new AssertionError("the real class never asks that");
    }

    @Override
    public double gaussian() {
      throw new AssertionError("the real class never asks that");
    }

    private static <T> List<T> picked(List<T> from, JsonNode positions, int size) {
      assertThat(positions).hasSize(size);
      return stream(positions).map(p -> from.get(p.asInt())).toList();
    }

    int left() {
      return critiques.size() + edits.size() + samples.size() + shuffles.size();
    }
  }
}
