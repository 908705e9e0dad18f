package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.Fence;
import dev.lightningbridge.model.ModelEndpoint;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.optimize.FailureLimit;
import dev.lightningbridge.optimize.HumanNote;
import dev.lightningbridge.optimize.OptimizationJob;
import java.util.List;

/** A worker's configuration, as the JSON that its first line holds. */
final class WorkerJob {
  static final String CRITIC_MODEL = ModelNames.placeholder(ModelRole.CRITIC);
  static final String EDITOR_MODEL = ModelNames.placeholder(ModelRole.EDITOR);

  private WorkerJob() {}

  static ObjectNode configuration(
      PythonEnvironment environment,
      WorkerSettings settings,
      OptimizationJob job,
      ModelEndpoint endpoint) {
    ObjectNode configuration = of(environment, settings);
    ObjectNode run =
        configuration
            .putObject("job")
            .put("seedPrompt", job.seedPrompt())
            .put("seed", job.seed())
            .put("fenceRule", Fence.RULE)
            .put("cacheFolder", environment.home().resolve("lightning-bridge-cache").toString());
    run.putObject("toleratedFailures")
        .put("share", Failure.TOLERATED)
        .put("handful", FailureLimit.HANDFUL);
    run.set("train", ids(job.train()));
    run.set("validation", ids(job.validation()));
    run.set("humanNotes", notes(job.humanNotes()));
    run.set("settings", Json.mapper().valueToTree(job.settings()));
    run.putObject("endpoint")
        .put("baseUrl", endpoint.baseUrl().toString())
        .put("token", endpoint.token())
        .put("criticModel", CRITIC_MODEL)
        .put("editorModel", EDITOR_MODEL)
        .put("timeoutSeconds", settings.modelCall().toSeconds());
    return configuration;
  }

  /** What any worker is told; {@code job} is still missing. */
  static ObjectNode of(PythonEnvironment environment, WorkerSettings settings) {
    ObjectNode configuration =
        Json.mapper()
            .createObjectNode()
            .put("jepLibrary", environment.jepLibrary().toString())
            .put("python", environment.python().toString())
            .put("entry", settings.entry());
    ArrayNode folders = configuration.putArray("pythonPath");
    settings.pythonPath().forEach(folder -> folders.add(folder.toString()));
    return configuration;
  }

  private static ArrayNode notes(List<HumanNote> notes) {
    ArrayNode all = Json.mapper().createArrayNode();
    for (HumanNote note : notes) {
      all.addObject()
          .put("label", note.kind().label())
          .put("text", note.text())
          .put("input", note.input())
          .put("output", note.output())
          .put("reward", note.reward());
    }
    return all;
  }

  /** Python only names tasks: their texts stay on this side. */
  private static ArrayNode ids(List<Task> tasks) {
    ArrayNode ids = Json.mapper().createArrayNode();
    tasks.forEach(task -> ids.addObject().put("id", task.id()));
    return ids;
  }
}
