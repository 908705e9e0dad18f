package dev.lightningbridge.web;

import dev.lightningbridge.api.requests.NewRun;
import dev.lightningbridge.api.requests.NewTraining;
import dev.lightningbridge.api.requests.RunLimits;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.dataset.tasks.TaskFile;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.SearchChoice;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields by which a page asks for a run; an empty one has the server's default. */
public class NewRunForm {
  @FormParam("database")
  @DefaultValue("")
  String database = "";

  @FormParam("lineage")
  @DefaultValue("")
  String lineage = "";

  @FormParam("model")
  @DefaultValue("")
  String model = "";

  @FormParam("engine")
  @DefaultValue(SearchChoice.ENGINE)
  String engine = SearchChoice.ENGINE;

  @FormParam("strategy")
  @DefaultValue(SearchChoice.STRATEGY)
  String strategy = SearchChoice.STRATEGY;

  @FormParam("agent")
  @DefaultValue("")
  String agent = "";

  @FormParam("worker")
  @DefaultValue("")
  String worker = "";

  @FormParam("critic")
  @DefaultValue("")
  String critic = "";

  @FormParam("editor")
  @DefaultValue("")
  String editor = "";

  @FormParam("judge")
  @DefaultValue("")
  String judge = "";

  @FormParam("grader")
  @DefaultValue(SearchChoice.GRADER)
  String grader = SearchChoice.GRADER;

  @FormParam("tasks")
  @DefaultValue("")
  String tasks = "";

  @FormParam("onlyGivenTasks")
  @DefaultValue("false")
  boolean onlyGivenTasks;

  @FormParam("noDemonstrations")
  @DefaultValue("false")
  boolean noDemonstrations;

  @FormParam("synthesize")
  @Nullable Integer synthesize;

  @FormParam("rounds")
  @Nullable Integer rounds;

  @FormParam("calls")
  @Nullable Long calls;

  @FormParam("usd")
  @Nullable Double usd;

  @FormParam("seed")
  @Nullable Long seed;

  @FormParam("sandboxSeed")
  @Nullable Long sandboxSeed;

  @FormParam("leastEffect")
  @Nullable Double leastEffect;

  @FormParam("noEarlyStop")
  @DefaultValue("false")
  boolean noEarlyStop;

  @FormParam("noRegression")
  @DefaultValue("false")
  boolean noRegression;

  @FormParam("asPlainPrompt")
  @DefaultValue("false")
  boolean asPlainPrompt;

  @FormParam("keep")
  @DefaultValue("")
  String keep = "";

  @FormParam("maxPromptTokens")
  @Nullable Integer maxPromptTokens;

  @FormParam("goOnAtZero")
  @DefaultValue("false")
  boolean goOnAtZero;

  @FormParam("sameNeed")
  @DefaultValue("false")
  boolean sameNeed;

  @BeanParam TrainingForm training = new TrainingForm();

  /** What is asked for; fields that the page does not show for it ask for nothing. */
  NewRun asked() {
    NewTraining trained = training.asked();
    boolean java = trained == null && engine.equals(EngineChoice.JAVA.label());
    boolean ours = trained == null && !engine.equals(EngineChoice.AGENTLIGHTNING.label());
    @Nullable Boolean forbidden = ours ? ticked(noDemonstrations) : null;
    boolean text = TaskFile.isIn(tasks);
    List<NewRun.NewTask> given =
        Arrays.stream(tasks.split("\\R"))
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(line -> new NewRun.NewTask(null, line, null, null, null))
            .toList();
    return new NewRun(
        database,
        null,
        lineage,
        new NewRun.Model(
            model.equals("sandbox") ? new NewRun.Sandbox(sandboxSeed, null, null) : null,
            model.equals("endpoint") ? endpoint(trained == null) : null),
        trained,
        trained == null ? engine : null,
        java ? strategy : null,
        grader,
        given.isEmpty() || text ? null : given,
        text ? tasks : null,
        null,
        onlyGivenTasks,
        forbidden,
        trained == null ? synthesize : null,
        rounds == null || trained != null
            ? null
            : new NewRun.Search(rounds, null, null, null, null, null, null, null),
        seed,
        null,
        new RunLimits(calls, null, usd),
        null,
        null,
        noRegression,
        leastEffect,
        noEarlyStop ? false : null,
        null,
        null,
        asPlainPrompt,
        null,
        null,
        null,
        trained == null || training.isRl() ? named(agent) : null,
        trained == null ? kept() : null,
        trained == null ? maxPromptTokens : null,
        trained == null && goOnAtZero,
        null,
        sameNeed ? List.of(Pool.SAME_NEED) : null);
  }

  private NewRun.Endpoint endpoint(boolean ofSearch) {
    return new NewRun.Endpoint(
        ofSearch ? named(worker) : null,
        ofSearch ? named(critic) : null,
        ofSearch ? named(editor) : null,
        named(judge),
        null);
  }

  private static @Nullable Boolean ticked(boolean box) {
    return box ? Boolean.TRUE : null;
  }

  private @Nullable List<String> kept() {
    List<String> patterns = keep.lines().filter(line -> !line.isBlank()).toList();
    return patterns.isEmpty() ? null : patterns;
  }

  private static @Nullable String named(String name) {
    return name.isBlank() ? null : name.strip();
  }
}
