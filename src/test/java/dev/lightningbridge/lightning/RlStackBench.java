package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.export.ExportRequest;
import dev.lightningbridge.dataset.export.Exports;
import dev.lightningbridge.dataset.export.Format;
import dev.lightningbridge.demo.SampleDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code scripts/bench/rl-full-stack}: trains as on a GPU host, with Ray and vLLM, twice: through
 * to the verdict, and interrupted after its first step, then resumed. It fails where something is
 * not as it has to be. Of learning it shows nothing: the weights are random, the steps two.
 */
final class RlStackBench {
  private static final String THROUGH = "through";
  private static final String INTERRUPTED = "interrupted";
  private static final int CANCELLED = 5;
  private static final int TASKS = 40;
  private static final long SEED = 1;

  /** One GPU, which is not there, and what vLLM cannot do or would do long without one. */
  private static final List<String> FOR_A_CPU =
      List.of(
          "+ray_kwargs.ray_init.address=local",
          "+ray_kwargs.ray_init.num_gpus=1",
          "+ray_kwargs.ray_init.num_cpus=5",
          "+ray_kwargs.ray_init.object_store_memory=200000000",
          "+actor_rollout_ref.rollout.enable_sleep_mode=false",
          "actor_rollout_ref.rollout.enforce_eager=true",
          "actor_rollout_ref.rollout.free_cache_engine=false",
          "actor_rollout_ref.rollout.gpu_memory_utilization=0.1",
          "actor_rollout_ref.rollout.max_num_seqs=16",
          "actor_rollout_ref.rollout.max_num_batched_tokens=512",
          "actor_rollout_ref.rollout.checkpoint_engine.update_weights_bucket_megabytes=16",
          "actor_rollout_ref.actor.use_torch_compile=false",
          "actor_rollout_ref.actor.fsdp_config.use_torch_compile=false");

  /** Prints by how much the weights of two folders differ at most. */
  private static final String DIFFERENCE =
      """
      import sys, torch
      from transformers import AutoModelForCausalLM
      base, trained = (
          AutoModelForCausalLM.from_pretrained(f, dtype=torch.float32).state_dict() for f in sys.argv[1:]
      )
      assert base.keys() == trained.keys()
      change = max(float((trained[name] - base[name]).abs().max()) for name in base)
      print(f"weights: changed by up to {change:.3g}, and load by themselves", flush=True)
      sys.exit(0 if 0 < change < 10 else "the weights are not as after a training")
      """;

  private final Path folder;
  private final Path model;
  private final Path database;
  private final Path tasks;
  private final String session;

  private RlStackBench(Path folder) throws IOException, SQLException {
    this.folder = folder;
    this.model = folder.resolve("tiny");
    this.database = folder.resolve("sample.db");
    this.tasks = folder.resolve("tasks.jsonl");
    this.session = SampleDatabase.create(database, SEED).sessions().getLast().id();
    List<String> texts = writeTasks();
    texts.addAll(prompts());
    Path corpus = Files.write(folder.resolve("corpus.txt"), texts);
    RlLab.run("python/tests/tiny_model.py", model.toString(), corpus.toString());
  }

  public static void main(String[] arguments) throws Exception {
    Map<Long, String> others = JobProcesses.marked();
    require(others.isEmpty(), "another training runs: " + JobProcesses.described(others));
    RlStackBench bench = new RlStackBench(Files.createTempDirectory("rl-full-stack"));
    say("folder: " + bench.folder);
    List<String> parts = arguments.length == 0 ? List.of(THROUGH, INTERRUPTED) : List.of(arguments);
    if (parts.contains(THROUGH)) {
      bench.through();
    }
    if (parts.contains(INTERRUPTED)) {
      bench.interrupted();
    }
    Worker.remove(bench.folder);
  }

  private void through() throws Exception {
    say("\n== through to the verdict");
    StackRun run = new StackRun(folder.resolve("through"), optimize());
    int status = run.end();
    say("exit status: " + status + " after " + run.seconds() + " s");
    require(status == 0, run.said());
    say("processes at most: " + JobProcesses.described(run.mostProcesses()));
    say("memory of all at most: " + run.peakMegabytes() + " MB");
    require(run.steps().size() == 2, "two steps were to be taken: " + run.steps());
    run.steps().forEach(RlStackBench::say);
    RlLab.run("-c", DIFFERENCE, model.toString(), run.training().resolve("weights").toString());
    sayVerdict(run.result());
    requireNoneLeft(run);
  }

  private void interrupted() throws Exception {
    say("\n== interrupted after its first step, then resumed");
    Path home = folder.resolve("interrupted");
    say("processes before: " + JobProcesses.described(JobProcesses.marked()));
    StackRun run = new StackRun(home, optimize());
    require(run.reachFirstStep(), run.said());
    say("processes during: " + JobProcesses.described(run.processes()));
    long interruptedAt = run.seconds();
    run.interrupt();
    int status = run.end();
    say("exit status: " + status + ", " + (run.seconds() - interruptedAt) + " s after SIGINT");
    require(status == CANCELLED, run.said());
    requireNoneLeft(run);
    String runId = String.valueOf(run.training().getFileName());
    StackRun resumed = new StackRun(home, List.of("runs", "resume", runId));
    status = resumed.end();
    say("resumed: exit status " + status + " after " + resumed.seconds() + " s");
    require(status == 0, resumed.said());
    resumed.steps().forEach(RlStackBench::say);
    require(resumed.steps().size() == 1, "the first step was taken again: " + resumed.steps());
    sayVerdict(resumed.result());
    requireNoneLeft(resumed);
  }

  /** As a user would on a machine with a GPU, but that Ray is told of one. */
  private List<String> optimize() {
    List<String> words = new ArrayList<>(List.of("optimize", "--algorithm", "rl", "--gpus", "1"));
    words.addAll(List.of("--db", database.toString(), "--session", session));
    words.addAll(List.of("--base-model", model.toString(), "--tasks", tasks.toString()));
    words.addAll(List.of("--grader", "contains", "--steps", "2", "--batch", "4"));
    words.addAll(List.of("--train-rollouts", "4", "--learning-rate", "0.01"));
    words.addAll(List.of("--max-example-tokens", "512"));
    for (String setting : FOR_A_CPU) {
      words.addAll(List.of("--trainer-override", setting));
    }
    return words;
  }

  /**
   * The session's own inputs and more, with expected outputs of one digit, which random weights
   * sometimes write: so the rewards of a task's outputs differ.
   */
  private List<String> writeTasks() throws IOException {
    List<String> inputs = new ArrayList<>();
    Path exported = folder.resolve("export");
    try (CampDatabase camp = CampDatabase.open(database, new CampDatabase.Options(false))) {
      Exports.export(camp.corpus(), ExportRequest.of(Format.TASKS, exported));
    }
    for (String line : Files.readAllLines(exported.resolve("tasks.jsonl"))) {
      JsonNode task = Json.mapper().readTree(line);
      if (task.path("session_id").asText().equals(session)) {
        inputs.add(task.path("input").asText());
      }
    }
    for (int i = 0; i < TASKS; i++) {
      inputs.add("What is the last digit of " + i + "?");
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      ObjectNode task = Json.mapper().createObjectNode();
      task.put("id", "t" + i).put("input", inputs.get(i)).put("expected", String.valueOf(i % 10));
      lines.add(task.toString());
    }
    Files.write(tasks, lines);
    return inputs;
  }

  /** The agents' prompts, which the model's tokenizer has to know to need few tokens for them. */
  private List<String> prompts() throws SQLException {
    List<String> prompts = new ArrayList<>();
    try (Connection camp = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = camp.createStatement();
        ResultSet rows = statement.executeQuery("SELECT system_prompt FROM agent_definitions")) {
      while (rows.next()) {
        prompts.add(rows.getString(1));
      }
    }
    return prompts;
  }

  private static void say(JsonNode step) {
    JsonNode data = step.path("data");
    double norm = data.path("actor/grad_norm").asDouble();
    say(
        "step %s: gradient norm %.3g, %.0f s"
            .formatted(step.path("step"), norm, data.path("timing_s/step").asDouble()));
    require(norm > 0, "without a gradient nothing is learnt");
  }

  private static void sayVerdict(JsonNode result) {
    say("verdict: %s; sealed test: %s".formatted(result.path("verdict"), result.path("test")));
    say("model: " + result.path("model"));
  }

  private static void requireNoneLeft(StackRun run) throws IOException {
    say("processes after: " + JobProcesses.described(run.processes()));
    require(run.processes().isEmpty(), "processes are left: " + run.processes());
    say("left in /dev/shm: " + run.sharedMemory());
    require(run.sharedMemory().isEmpty(), "shared memory is left");
  }

  private static void require(boolean fact, String otherwise) {
    if (!fact) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
