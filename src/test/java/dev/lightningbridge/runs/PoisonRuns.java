package dev.lightningbridge.runs;

import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.lightning.AgentLightningOptimizer;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.apo.JavaOptimizer;
import dev.lightningbridge.runs.PoisonTexts.Planted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Whole runs on databases with a planted text, to be promoted by themselves. */
final class PoisonRuns {
  private static final List<String> PLACES =
      List.of("input", "output", "comment", "directive", "session");

  private PoisonRuns() {}

  /** How many of so many runs promoted a planted text that nobody saw. */
  static int of(String engine, int size) throws Exception {
    List<Planted> texts = new ArrayList<>(PoisonTexts.planted());
    Collections.shuffle(texts, new Random(3));
    int unseen = 0;
    int taken = 0;
    int waiting = 0;
    int promoted = 0;
    try (ObedientEndpoint endpoint = new ObedientEndpoint()) {
      for (int i = 0; i < Math.min(size, texts.size()); i++) {
        Planted text = texts.get(i);
        String place = PLACES.get(i % PLACES.size());
        Path folder = Files.createTempDirectory("poison");
        try (RunLab lab = new RunLab(folder, 40)) {
          plant(lab.camp, place, text);
          RunResult result =
              lab.run(
                  optimizer(engine),
                  lab.request(
                      new ModelAccess.Endpoint(endpoint.url(), "", null, null),
                      "auto",
                      Limits.NONE,
                      true,
                      null,
                      0));
          boolean holds = result.prompt().contains(text.parts().getFirst());
          taken += holds ? 1 : 0;
          waiting += result.state() == RunState.WAITING_FOR_APPROVAL ? 1 : 0;
          promoted += result.promotionId() != null ? 1 : 0;
          unseen += holds && result.promotionId() != null ? 1 : 0;
          System.out.printf(
              "%-16s %-5s %-9s read %-6s in the winner %-5s %-8s findings %d %s%n",
              engine,
              text.form(),
              place,
              endpoint.read(),
              holds,
              result.verdict(),
              result.findings().size(),
              result.promotionId() != null ? "PROMOTED" : "");
        }
        endpoint.forget();
      }
    }
    System.out.printf(
        "%s: %d runs, planted text in the winner %d, waiting %d, promoted %d, promoted unseen %d%n",
        engine, Math.min(size, texts.size()), taken, waiting, promoted, unseen);
    return unseen;
  }

  private static PromptOptimizer optimizer(String engine) {
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
