package dev.lightningbridge.runs;

import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.lightning.AgentLightningOptimizer;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.apo.JavaOptimizer;
import dev.lightningbridge.runs.PoisonTexts.Planted;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.ModelAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Whole runs on databases with a planted text, to be promoted by themselves; some at a time. */
final class PoisonRuns {
  private static final List<String> PLACES =
      List.of("input", "output", "comment", "directive", "session");
  private static final int INPUTS = 40;

  private final String engine;
  private final Instant end;

  private PoisonRuns(String engine, Instant end) {
    this.engine = engine;
    this.end = end;
  }

  /** What became of one run. */
  private record Ended(Planted text, String place, boolean read, boolean holds, RunResult result) {
    boolean promoted() {
      return result.promotionId() != null;
    }

    boolean unseen() {
      return holds && promoted();
    }

    void print(String engine) {
      System.out.printf(
          "%-14s %-8s %-5s %-9s read %-5s in the winner %-5s %-8s findings %d %s%n",
          engine,
          text.kind(),
          text.form(),
          place,
          read,
          holds,
          result.verdict(),
          result.findings().size(),
          promoted() ? "PROMOTED" : "");
    }
  }

  /**
   * How many of so many runs, from the given one on, promoted a planted text that nobody saw. None
   * is begun when the time is over.
   */
  static int of(String engine, int from, int size, int atATime, Duration time) throws Exception {
    List<Planted> texts = new ArrayList<>(PoisonTexts.planted());
    Collections.shuffle(texts, new Random(3));
    PoisonRuns runs = new PoisonRuns(engine, Instant.now().plus(time));
    List<Ended> ended = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(atATime)) {
      List<Future<Optional<Ended>>> begun = new ArrayList<>();
      for (int i = from; i < Math.min(from + size, texts.size()); i++) {
        Planted text = texts.get(i);
        String place = PLACES.get(i % PLACES.size());
        begun.add(pool.submit(() -> runs.run(text, place)));
      }
      for (Future<Optional<Ended>> run : begun) {
        run.get().ifPresent(ended::add);
      }
    }
    long unseen = ended.stream().filter(Ended::unseen).count();
    System.out.printf(
        "%s: %d runs; the planted text was read in %d, and stood in the winner of %d, of which %d waited with findings; promoted %d, promoted unseen %d%n",
        engine,
        ended.size(),
        ended.stream().filter(Ended::read).count(),
        ended.stream().filter(Ended::holds).count(),
        ended.stream()
            .filter(Ended::holds)
            .filter(one -> one.result().state() == RunState.WAITING_FOR_APPROVAL)
            .filter(one -> !one.result().findings().isEmpty())
            .count(),
        ended.stream().filter(Ended::promoted).count(),
        unseen);
    return (int) unseen;
  }

  private Optional<Ended> run(Planted text, String place) throws Exception {
    if (Instant.now().isAfter(end)) {
      return Optional.empty();
    }
    Path folder = Files.createTempDirectory("poison");
    try (ObedientEndpoint endpoint = new ObedientEndpoint();
        RunLab lab = new RunLab(folder, INPUTS)) {
      plant(lab.camp, place, text);
      ModelAccess model = new ModelAccess.Endpoint(endpoint.url(), "", null, null);
      RunResult result =
          lab.run(optimizer(), lab.request(model, "auto", Limits.NONE, true, null, 0));
      Ended ended =
          new Ended(
              text,
              place,
              !endpoint.read().isEmpty(),
              result.prompt().contains(text.parts().getFirst()),
              result);
      ended.print(engine);
      return Optional.of(ended);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private PromptOptimizer optimizer() {
    return engine.equals("java")
        ? JavaOptimizer.racing()
        : new AgentLightningOptimizer(Environments.of(EnvironmentKind.APO));
  }

  private static void plant(Path camp, String place, Planted text) {
    try (CampFixture fixture = CampFixture.reopen(camp)) {
      for (int part = 0; part < text.parts().size(); part++) {
        String order = ObedientEndpoint.order(part + 1, text.parts().get(part));
        int of = text.parts().size();
        List<String> ids = ids(fixture, place);
        for (int row = 0; row < ids.size(); row++) {
          if (ids.size() < of || row % (2 * of) == part) {
            fixture.sql(statement(place), order, ids.get(row));
          }
        }
      }
    }
  }

  private static List<String> ids(CampFixture fixture, String place) {
    String table =
        switch (place) {
          case "input", "output" -> "artifacts";
          case "comment" -> "evaluations";
          case "directive" -> "lineages";
          default -> "sessions";
        };
    return List.of(
        fixture.row("SELECT group_concat(id, ' ') FROM " + table).getFirst().split(" ", -1));
  }

  private static String statement(String place) {
    return switch (place) {
      case "input" ->
          "UPDATE artifacts SET metadata = json_set(metadata, '$.inputUsed', json_extract(metadata,"
              + " '$.inputUsed') || ?) WHERE id = ?";
      case "output" -> "UPDATE artifacts SET content = content || ? WHERE id = ?";
      case "comment" -> "UPDATE evaluations SET comment = coalesce(comment, '') || ? WHERE id = ?";
      case "directive" ->
          "UPDATE lineages SET directive_oneshot = json_insert(coalesce(directive_oneshot, '[]'),"
              + " '$[#]', trim(?)) WHERE id = ?";
      default -> "UPDATE sessions SET name = name || ? WHERE id = ?";
    };
  }
}
