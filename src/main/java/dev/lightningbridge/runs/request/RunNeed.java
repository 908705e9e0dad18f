package dev.lightningbridge.runs.request;

import dev.lightningbridge.grading.GraderChoice;

/**
 * What a run must be like for an option of it to do anything.
 *
 * @see RunOption
 */
public enum RunNeed {
  SEARCH(
      "only the search for a prompt uses it",
      "optimise a prompt (--algorithm prompt)",
      "leave \"training\" out"),
  TRAINING(
      "only the training of a model uses it",
      "train one (--algorithm sft, dpo or rl)",
      "give \"training\""),
  TUNING("only sft and dpo use it", "train by --algorithm sft or dpo", "train by sft or dpo"),
  RL("only rl uses it", "train by --algorithm rl", "train by rl"),
  SEARCH_OR_RL(
      "only the search for a prompt and rl run an agent",
      "optimise a prompt (--algorithm prompt) or train by --algorithm rl",
      "search for a prompt or train by rl"),
  PROGRAM_AGENT(
      "only an agent that is a program uses it",
      "give --agent, --agent-command, --agent-url or --agent-class",
      "give \"agent\""),
  CLASS_AGENT("only an agent that is a Java class uses it", "give --agent-class", ""),
  DPO_OR_RL("only dpo and rl use it", "train by --algorithm dpo or rl", "train by dpo or rl"),
  JAVA_ENGINE(
      "only the Java engine uses it, and it was not said that this one searches",
      "give --engine java",
      "give \"engine\": \"java\""),
  MAYBE_JAVA_ENGINE(
      "only the Java engine draws examples",
      "give --engine java or auto",
      "give \"engine\": \"java\" or \"auto\""),
  CRITIC(
      "nobody is asked for critiques and edits",
      "name a critic (--critic-model NAME)",
      "name a critic (\"critic\")"),
  SANDBOX("only the simulated model uses it", "give --sandbox", "give \"sandbox\""),
  ENDPOINT(
      "only calls to an endpoint use it, and none was named",
      "give --base-url",
      "give \"endpoint\""),
  MODEL(
      "only a model can do that, and none was named",
      "give --sandbox or --base-url",
      "give \"model\""),
  JUDGE(
      "only a judge uses it, and none grades here",
      "give --grader judge",
      "give \"grader\": \"judge\""),
  OWN_GRADER(
      "a grader outside of this program was named",
      "leave --grader-command and --grader-url out",
      ""),
  EXTERNAL_GRADER(
      "only a grader outside of this program uses it", "give --grader-command or --grader-url", ""),
  NO_GRADER_COMMAND("a command grades", "leave --grader-command out", ""),
  SESSION(
      "a lineage that is named is optimised though it is locked",
      "name a --session instead",
      "give \"sessionId\" instead"),
  AGENT_MODEL(
      "no call of this run goes to that model",
      "see which role's model is meant",
      "see which role's model is meant"),
  NO_KEY_FILE("the key comes from a file", "leave --key-file out", ""),
  NO_CRITIC_KEY_FILE("the key comes from a file", "leave --critic-key-file out", ""),
  NO_EDITOR_KEY_FILE("the key comes from a file", "leave --editor-key-file out", ""),
  NO_JUDGE_KEY_FILE("the key comes from a file", "leave --judge-key-file out", ""),
  CRITIC_ENDPOINT("only an endpoint of the critic's own uses it", "give --critic-base-url", ""),
  EDITOR_ENDPOINT("only an endpoint of the editor's own uses it", "give --editor-base-url", ""),
  JUDGE_ENDPOINT("only an endpoint of the judge's own uses it", "give --judge-base-url", "");

  private final String why;
  private final String atCommandLine;
  private final String atApi;

  RunNeed(String why, String atCommandLine, String atApi) {
    this.why = why;
    this.atCommandLine = atCommandLine;
    this.atApi = atApi;
  }

  boolean isMet(AskedRun run) {
    return switch (this) {
      case SEARCH -> run.isSearch();
      case TRAINING -> run.isTraining();
      case TUNING -> run.work() == AskedRun.Work.SFT || run.work() == AskedRun.Work.DPO;
      case RL -> run.work() == AskedRun.Work.RL;
      case SEARCH_OR_RL -> run.isSearch() || run.work() == AskedRun.Work.RL;
      case CLASS_AGENT -> run.asks(RunOption.AGENT_CLASS);
      case PROGRAM_AGENT ->
          run.asks(RunOption.AGENT)
              || run.asks(RunOption.AGENT_COMMAND)
              || run.asks(RunOption.AGENT_URL)
              || run.asks(RunOption.AGENT_CLASS);
      case DPO_OR_RL -> run.work() == AskedRun.Work.DPO || run.work() == AskedRun.Work.RL;
      case JAVA_ENGINE -> run.isSearch() && run.engine() == EngineChoice.JAVA;
      case MAYBE_JAVA_ENGINE -> run.engine() != EngineChoice.AGENTLIGHTNING;
      case CRITIC -> run.critic();
      case SANDBOX -> run.sandbox();
      case ENDPOINT -> run.endpoint();
      case MODEL -> run.sandbox() || run.endpoint();
      case OWN_GRADER -> !run.asks(RunOption.GRADER_COMMAND) && !run.asks(RunOption.GRADER_URL);
      case EXTERNAL_GRADER -> run.grader().equals(AskedRun.EXTERNAL_GRADER);
      case NO_GRADER_COMMAND -> !run.asks(RunOption.GRADER_COMMAND);
      case JUDGE ->
          !run.grader().equals(AskedRun.EXTERNAL_GRADER)
              && GraderChoice.named(run.grader()).mayBeJudge();
      case SESSION -> !run.ofLineage();
      case AGENT_MODEL -> run.isSearch() || (!run.isTraining() && !run.asks(RunOption.JUDGE_MODEL));
      case NO_KEY_FILE -> !run.asks(RunOption.KEY_FILE);
      case NO_CRITIC_KEY_FILE -> !run.asks(RunOption.CRITIC_KEY_FILE);
      case NO_EDITOR_KEY_FILE -> !run.asks(RunOption.EDITOR_KEY_FILE);
      case NO_JUDGE_KEY_FILE -> !run.asks(RunOption.JUDGE_KEY_FILE);
      case CRITIC_ENDPOINT -> run.asks(RunOption.CRITIC_BASE_URL);
      case EDITOR_ENDPOINT -> run.asks(RunOption.EDITOR_BASE_URL);
      case JUDGE_ENDPOINT -> run.asks(RunOption.JUDGE_BASE_URL);
    };
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
