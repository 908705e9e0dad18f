package dev.lightningbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.ending.RegisteredModel;
import dev.lightningbridge.workshop.Workshop;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bridge models}: the models that runs have trained. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = {
      "The models that `optimize --algorithm sft|dpo|rl` has trained: where they are, what they"
          + " are made of, what became of them.",
      "Without a subcommand it lists them."
    })
final class ModelsCommand implements Callable<Integer> {
  private static final int LISTED = 100;

  private final Console console;

  @Mixin private final CommonOptions common = new CommonOptions();

  ModelsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return list();
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List them, the newest first.")
  int list() {
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      List<RegisteredModel> models = workshop.models().newest(LISTED);
      if (common.json) {
        console.json(Map.of("models", models.stream().map(ModelsCommand::document).toList()));
      } else if (models.isEmpty()) {
        console.line("No model was trained yet.");
      } else {
        models.forEach(model -> console.line(line(model)));
      }
    }
    return 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show one: settings, metrics, data and folders.")
  int show(@Parameters(paramLabel = "MODEL", description = "Its name or id.") String name) {
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      RegisteredModel model = workshop.models().get(name);
      if (common.json) {
        console.json(document(model));
        return 0;
      }
      console.line(line(model));
      fact("base", model.baseModel());
      fact("weights", model.path());
      if (model.adapterPath() != null) {
        fact("adapter", model.adapterPath());
      }
      fact("run", model.runId());
      fact("by", model.trainedWith());
      model
          .metrics()
          .forEach((metric, value) -> fact(metric, String.format(Locale.ROOT, "%.5g", value)));
      fact("settings", model.settingsJson());
      if (model.dataCursor() != null) {
        fact("cursor", model.dataCursor());
      }
      tree(model.splitJson())
          .properties()
          .forEach(set -> fact(set.getKey(), set.getValue().size() + " tasks"));
    }
    return 0;
  }

  private void fact(String name, String value) {
    console.line("  %-22s %s".formatted(name, value));
  }

  private static String line(RegisteredModel model) {
    return "%s  %s  %-11s  %s  run %s"
        .formatted(
            model.name(),
            Instant.ofEpochMilli(model.createdAt()).truncatedTo(ChronoUnit.SECONDS),
            model.state().replace('_', ' '),
            model.algorithm(),
            model.runId());
  }

  private static ObjectNode document(RegisteredModel model) {
    ObjectNode document =
        Json.mapper()
            .createObjectNode()
            .put("id", model.id())
            .put("name", model.name())
            .put("runId", model.runId())
            .put("algorithm", model.algorithm())
            .put("state", model.state())
            .put("baseModel", model.baseModel())
            .put("path", model.path())
            .put("adapterPath", model.adapterPath())
            .put("trainedWith", model.trainedWith())
            .put("dataCursor", model.dataCursor())
            .put("createdAt", model.createdAt());
    document.set("settings", tree(model.settingsJson()));
    document.set("metrics", tree(model.metricsJson()));
    document.set("split", tree(model.splitJson()));
    return document;
  }

  private static JsonNode tree(String json) {
    return Json.read(json, JsonNode.class);
  }
}
