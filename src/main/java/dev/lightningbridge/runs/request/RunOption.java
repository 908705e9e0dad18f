package dev.lightningbridge.runs.request;

import static dev.lightningbridge.runs.request.RunNeed.AGENT_MODEL;
import static dev.lightningbridge.runs.request.RunNeed.CLASS_AGENT;
import static dev.lightningbridge.runs.request.RunNeed.CRITIC;
import static dev.lightningbridge.runs.request.RunNeed.CRITIC_ENDPOINT;
import static dev.lightningbridge.runs.request.RunNeed.DPO_OR_RL;
import static dev.lightningbridge.runs.request.RunNeed.EDITOR_ENDPOINT;
import static dev.lightningbridge.runs.request.RunNeed.ENDPOINT;
import static dev.lightningbridge.runs.request.RunNeed.EXTERNAL_GRADER;
import static dev.lightningbridge.runs.request.RunNeed.JAVA_ENGINE;
import static dev.lightningbridge.runs.request.RunNeed.JUDGE;
import static dev.lightningbridge.runs.request.RunNeed.JUDGE_ENDPOINT;
import static dev.lightningbridge.runs.request.RunNeed.MAYBE_JAVA_ENGINE;
import static dev.lightningbridge.runs.request.RunNeed.MODEL;
import static dev.lightningbridge.runs.request.RunNeed.NO_CRITIC_KEY_FILE;
import static dev.lightningbridge.runs.request.RunNeed.NO_EDITOR_KEY_FILE;
import static dev.lightningbridge.runs.request.RunNeed.NO_GRADER_COMMAND;
import static dev.lightningbridge.runs.request.RunNeed.NO_JUDGE_KEY_FILE;
import static dev.lightningbridge.runs.request.RunNeed.NO_KEY_FILE;
import static dev.lightningbridge.runs.request.RunNeed.OWN_GRADER;
import static dev.lightningbridge.runs.request.RunNeed.PROGRAM_AGENT;
import static dev.lightningbridge.runs.request.RunNeed.RL;
import static dev.lightningbridge.runs.request.RunNeed.SANDBOX;
import static dev.lightningbridge.runs.request.RunNeed.SEARCH;
import static dev.lightningbridge.runs.request.RunNeed.SEARCH_OR_RL;
import static dev.lightningbridge.runs.request.RunNeed.SESSION;
import static dev.lightningbridge.runs.request.RunNeed.TRAINING;
import static dev.lightningbridge.runs.request.RunNeed.TUNING;

import java.util.List;

/**
 * All options of {@code optimize} and {@code judge}, by their names on the command line and in the
 * API, and the runs in which they do something: where nothing else is said, in all. Limits hold in
 * all, whatever a call costs.
 */
public enum RunOption {
  HOME("--home", ""),
  JSON("--json", ""),
  DRY_RUN("--dry-run", ""),
  YES("--yes", ""),
  DATABASE("--db", "database"),
  INCLUDE_ORPHANS("--include-orphans", "includeOrphans"),
  SESSION_ID("--session", "sessionId"),
  LINEAGE_ID("--lineage", "lineageId"),
  POOL("--pool", "pool"),
  PRIORITY("", "priority"),
  LABEL("", "label"),

  SANDBOX_MODEL("--sandbox", ""),
  SANDBOX_SEED("--sandbox-seed", "model.sandbox.seed", SANDBOX),
  LATENCY("--latency-ms", "model.sandbox.latencyMs", SANDBOX),
  SANDBOX_JUDGE("--sandbox-judge", "model.sandbox.judge", SANDBOX, JUDGE),
  BASE_URL("--base-url", ""),
  KEY_ENV("--key-env", "", ENDPOINT, NO_KEY_FILE),
  KEY_FILE("--key-file", "", ENDPOINT),
  KEY_HEADER("--key-header", "", ENDPOINT),
  WORKER_MODEL("--model", "model.endpoint.worker", ENDPOINT, AGENT_MODEL),
  CRITIC_MODEL("--critic-model", "model.endpoint.critic", SEARCH, ENDPOINT),
  EDITOR_MODEL("--editor-model", "model.endpoint.editor", SEARCH, ENDPOINT, CRITIC),
  JUDGE_MODEL("--judge-model", "model.endpoint.judge", ENDPOINT, JUDGE),
  ALIAS("--alias", "model.endpoint.aliases", ENDPOINT),
  PRICES("--prices", "", ENDPOINT),
  MAX_CALLS("--max-calls", "limits.calls"),
  MAX_TOKENS("--max-tokens", "limits.tokens"),
  MAX_USD("--max-usd", "limits.usd"),
  HEADER("--header", "", ENDPOINT),
  QUERY("--query", "", ENDPOINT),
  TIMEOUT("--timeout", "", ENDPOINT),
  MAX_OUTPUT_TOKENS("--max-output-tokens", "", ENDPOINT),
  CRITIC_BASE_URL("--critic-base-url", "", SEARCH, ENDPOINT, CRITIC),
  CRITIC_KEY_ENV("--critic-key-env", "", SEARCH, CRITIC_ENDPOINT, NO_CRITIC_KEY_FILE),
  CRITIC_KEY_FILE("--critic-key-file", "", SEARCH, CRITIC_ENDPOINT),
  CRITIC_KEY_HEADER("--critic-key-header", "", SEARCH, CRITIC_ENDPOINT),
  CRITIC_HEADER("--critic-header", "", SEARCH, CRITIC_ENDPOINT),
  EDITOR_BASE_URL("--editor-base-url", "", SEARCH, ENDPOINT, CRITIC),
  EDITOR_KEY_ENV("--editor-key-env", "", SEARCH, EDITOR_ENDPOINT, NO_EDITOR_KEY_FILE),
  EDITOR_KEY_FILE("--editor-key-file", "", SEARCH, EDITOR_ENDPOINT),
  EDITOR_KEY_HEADER("--editor-key-header", "", SEARCH, EDITOR_ENDPOINT),
  EDITOR_HEADER("--editor-header", "", SEARCH, EDITOR_ENDPOINT),
  JUDGE_BASE_URL("--judge-base-url", "", ENDPOINT, JUDGE),
  JUDGE_KEY_ENV("--judge-key-env", "", JUDGE, JUDGE_ENDPOINT, NO_JUDGE_KEY_FILE),
  JUDGE_KEY_FILE("--judge-key-file", "", JUDGE, JUDGE_ENDPOINT),
  JUDGE_KEY_HEADER("--judge-key-header", "", JUDGE, JUDGE_ENDPOINT),
  JUDGE_HEADER("--judge-header", "", JUDGE, JUDGE_ENDPOINT),

  ENGINE("--engine", "engine", SEARCH),
  STRATEGY("--strategy", "strategy", JAVA_ENGINE),
  TASKS("--tasks", "tasks"),
  TASKS_TEXT("", "tasksText"),
  TASKS_FILE("", "tasksFile"),
  ONLY_GIVEN_TASKS("--only-given-tasks", "onlyGivenTasks"),
  NO_DEMONSTRATIONS("--no-demonstrations", "noDemonstrations", SEARCH, MAYBE_JAVA_ENGINE),
  SYNTHESIZE("--synthesize", "synthesize", MODEL),
  GRADER("--grader", "grader", OWN_GRADER),
  GRADER_COMMAND("--grader-command", ""),
  GRADER_URL("--grader-url", "", NO_GRADER_COMMAND),
  GRADER_TIMEOUT("--grader-timeout", "", EXTERNAL_GRADER),
  ROUNDS("--rounds", "search.rounds", SEARCH),
  BEAM_WIDTH("--beam-width", "search.beamWidth", SEARCH),
  BRANCH_FACTOR("--branch-factor", "search.branchFactor", SEARCH),
  GRADIENT_BATCH("--gradient-batch", "search.gradientBatch", SEARCH, CRITIC),
  VALIDATION_BATCH("--validation-batch", "search.validationBatch", SEARCH),
  VALIDATION_TASKS("--validation-tasks", "search.validationTasks"),
  TEMPERATURE("--temperature", "search.temperature", SEARCH, CRITIC),
  CONCURRENCY("--concurrency", "search.concurrency"),
  JUDGED_AT_ONCE("", "concurrency"),
  OUTPUTS("--outputs", "outputs"),
  OUT("--out", ""),
  CANDIDATE("--candidate", "candidate", SEARCH),
  KEEP("--keep", "keep", SEARCH),
  MAX_PROMPT_TOKENS("--max-prompt-tokens", "maxPromptTokens", SEARCH),
  GO_ON_AT_ZERO("--go-on-at-zero", "goOnAtZero", SEARCH),
  SEED("--seed", "seed"),
  SPLIT_SEED("--split-seed", "splitSeed"),
  AUTO_PROMOTE("--auto-promote", "autoPromote"),
  NO_HUMAN_NOTES("--no-human-notes", "humanNotes", SEARCH, CRITIC),
  ACCEPT_JUDGE("--accept-judge", "acceptJudge", JUDGE, MODEL),
  NO_REGRESSION("--no-regression", "noRegression"),
  NO_EARLY_STOP("--no-early-stop", "earlyStop"),
  LEAST_EFFECT("--least-effect", "leastEffect"),
  ALLOW_LOCKED("--allow-locked", "allowLocked", SESSION),
  AS_PLAIN_PROMPT("--as-plain-prompt", "asPlainPrompt"),

  AGENT("--agent", "agent", SEARCH_OR_RL),
  AGENT_COMMAND("--agent-command", "", SEARCH_OR_RL),
  AGENT_URL("--agent-url", "", SEARCH_OR_RL),
  AGENT_CLASS("--agent-class", "", SEARCH_OR_RL),
  AGENT_PATH("--agent-path", "", CLASS_AGENT),
  AGENT_TIMEOUT("--agent-timeout", "", PROGRAM_AGENT),

  ALGORITHM("--algorithm", "training.algorithm"),
  BASE_MODEL("--base-model", "training.baseModel", TRAINING),
  MIN_SCORE("--min-score", "training.minScore", TUNING),
  BATCH("--batch", "training.batch", TRAINING),
  TRAIN_ROLLOUTS("--train-rollouts", "training.rollouts", RL),
  STEPS("--steps", "training.steps", TRAINING),
  GPUS("--gpus", "training.gpus", TRAINING),
  NODES("--nodes", "training.nodes", RL),
  LEARNING_RATE("--learning-rate", "training.learningRate", TRAINING),
  BETA("--beta", "training.beta", DPO_OR_RL),
  LORA_RANK("--lora-rank", "training.loraRank", TRAINING),
  MAX_EXAMPLE_TOKENS("--max-example-tokens", "training.maxExampleTokens", TRAINING),
  CPU_TRIAL("--cpu-trial", "training.cpuTrial", RL),
  TRAINER_OVERRIDE("--trainer-override", "", TRAINING);

  private final String option;
  private final String field;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes one that is.
  private final List<RunNeed> needs;

  RunOption(String option, String field, RunNeed... needs) {
    this.option = option;
    this.field = field;
    this.needs = List.of(needs);
  }

  /** Its name at the door; empty where the door has no such option. */
  public String name(AskedRun.Door door) {
    return switch (door) {
      case COMMAND_LINE -> option;
      case API -> field;
      case SCHEDULE ->
          this == SANDBOX_SEED
              ? "sandboxSeed"
              : field.replaceFirst("^model\\.endpoint", "endpoint");
    };
  }

  /** What a run must be like, all of them. */
  public List<RunNeed> needs() {
    return needs;
  }
}
