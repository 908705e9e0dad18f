package dev.lightningbridge.runs;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a run must be like for an option of it to do anything.
 *
 * @see RunOption
 */
public enum RunNeed {
  SEARCH(
      "only the search for a prompt uses it",
      "optimise a prompt (--algorithm prompt)",
      "leave \"training\" out",
      AskedRun::isSearch),
  TRAINING(
      "only the training of a model uses it",
      "train one (--algorithm sft, dpo or rl)",
      "give \"training\"",
      AskedRun::isTraining),
  TUNING(
      "only sft and dpo use it",
      "train by --algorithm sft or dpo",
      "train by sft or dpo",
      run -> Set.of("sft", "dpo").contains(run.algorithm())),
  RL(
      "only rl uses it",
      "train by --algorithm rl",
      "train by rl",
      run -> run.algorithm().equals("rl")),
  DPO_OR_RL(
      "only dpo and rl use it",
      "train by --algorithm dpo or rl",
      "train by dpo or rl",
      run -> Set.of("dpo", "rl").contains(run.algorithm())),
  JAVA_ENGINE(
      "only the Java engine uses it, and it was not said that this one searches",
      "give --engine java",
      "give \"engine\": \"java\"",
      run -> run.isSearch() && run.engine().equals("java")),
  SANDBOX(
      "only the simulated model uses it", "give --sandbox", "give \"sandbox\"", AskedRun::sandbox),
  ENDPOINT(
      "only calls to an endpoint use it, and none was named",
      "give --base-url",
      "give \"endpoint\"",
      AskedRun::endpoint),
  MODEL(
      "only a model can do that, and none was named",
      "give --sandbox or --base-url",
      "give \"model\"",
      run -> run.sandbox() || run.endpoint()),
  JUDGE(
      "only a judge uses it, and a rule grades here",
      "give --grader judge",
      "give \"grader\": \"judge\"",
      run ->
          !Set.of("exact", "contains", "regex", "json")
              .contains(run.grader().strip().toLowerCase(Locale.ROOT))),
  SESSION(
      "a lineage that is named is optimised though it is locked",
      "name a --session instead",
      "give \"sessionId\" instead",
      run -> !run.ofLineage()),
  AGENT_MODEL(
      "no call of this run goes to that model",
      "see which role's model is meant",
      "see which role's model is meant",
      run ->
          run.isSearch()
              || (run.algorithm().equals(AskedRun.JUDGE) && !run.asks(RunOption.JUDGE_MODEL))),
  NO_KEY_FILE(
      "the key comes from a file",
      "leave --key-file out",
      "",
      run -> !run.asks(RunOption.KEY_FILE)),
  NO_CRITIC_KEY_FILE(
      "the key comes from a file",
      "leave --critic-key-file out",
      "",
      run -> !run.asks(RunOption.CRITIC_KEY_FILE)),
  NO_EDITOR_KEY_FILE(
      "the key comes from a file",
      "leave --editor-key-file out",
      "",
      run -> !run.asks(RunOption.EDITOR_KEY_FILE)),
  NO_JUDGE_KEY_FILE(
      "the key comes from a file",
      "leave --judge-key-file out",
      "",
      run -> !run.asks(RunOption.JUDGE_KEY_FILE)),
  CRITIC_ENDPOINT(
      "only an endpoint of the critic's own uses it",
      "give --critic-base-url",
      "",
      run -> run.asks(RunOption.CRITIC_BASE_URL)),
  EDITOR_ENDPOINT(
      "only an endpoint of the editor's own uses it",
      "give --editor-base-url",
      "",
      run -> run.asks(RunOption.EDITOR_BASE_URL)),
  JUDGE_ENDPOINT(
      "only an endpoint of the judge's own uses it",
      "give --judge-base-url",
      "",
      run -> run.asks(RunOption.JUDGE_BASE_URL));

  private final String why;
  private final String atCommandLine;
  private final String atApi;
  private final Predicate<AskedRun> met;

  RunNeed(String why, String atCommandLine, String atApi, Predicate<AskedRun> met) {
    this.why = why;
    this.atCommandLine = atCommandLine;
    this.atApi = atApi;
    this.met = met;
  }

  boolean isMet(AskedRun run) {
    return met.test(run);
  }

  /** Ends a sentence. */
  public String why() {
    return why;
  }

  /** What to do instead of leaving the option out. */
  String remedy(AskedRun.Door door) {
    return door == AskedRun.Door.COMMAND_LINE ? atCommandLine : atApi;
  }
}
