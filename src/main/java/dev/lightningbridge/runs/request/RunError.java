package dev.lightningbridge.runs.request;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can go wrong with runs, proposals and promotions. */
public enum RunError implements ErrorCode {
  NO_MODEL("LB-7101", ExitCode.USAGE, "It was not said which model to use."),
  NO_SUCH_SESSION("LB-7102", ExitCode.BAD_INPUT, "The database has no such session."),
  NO_SUCH_LINEAGE("LB-7103", ExitCode.BAD_INPUT, "The database has no such lineage."),
  NOTHING_TO_OPTIMIZE("LB-7104", ExitCode.BAD_INPUT, "No lineage can be optimised."),
  LINEAGE_LOCKED("LB-7105", ExitCode.BAD_INPUT, "A person locked the lineage."),
  NO_SUCH_RUN("LB-7106", ExitCode.BAD_INPUT, "There is no such run."),
  NO_SUCH_PROPOSAL("LB-7107", ExitCode.BAD_INPUT, "There is no such proposal."),
  NO_SUCH_PROMOTION("LB-7108", ExitCode.BAD_INPUT, "There is no such promotion."),
  WRONG_STATE(
      "LB-7109",
      ExitCode.BAD_INPUT,
      "The proposal or promotion was already decided, or superseded."),
  BUDGET_TOO_SMALL(
      "LB-7110", ExitCode.BUDGET_TOO_SMALL, "The budget does not even pay the verdict."),
  ENGINE_UNKNOWN("LB-7111", ExitCode.USAGE, "There is no such engine."),
  RUN_CANCELLED("LB-7112", ExitCode.CANCELLED, "The run was cancelled before it had a result."),
  STRATEGY_UNKNOWN("LB-7113", ExitCode.USAGE, "The Java engine has no such strategy."),
  STILL_RUNNING("LB-7114", ExitCode.BAD_INPUT, "Another process runs this run."),
  RUN_ENDED("LB-7115", ExitCode.BAD_INPUT, "The run has ended; there is nothing to go on with."),
  RUN_LOST("LB-7116", ExitCode.FAILED, "Another process has taken the run over."),
  AGENT_BUSY("LB-7117", ExitCode.BAD_INPUT, "Another run is on the same agent."),
  NO_SUCH_MODEL("LB-7118", ExitCode.BAD_INPUT, "No run has trained such a model."),
  TRAINING_FOLDER("LB-7119", ExitCode.FAILED, "A training's folder cannot be used."),
  AGENT_EQUIPPED(
      "LB-7120", ExitCode.BAD_INPUT, "The agent has tools or a flow, which a run would leave out."),
  NO_SUCH_SCHEDULE("LB-7121", ExitCode.BAD_INPUT, "There is no such schedule."),
  SCHEDULE_INVALID("LB-7122", ExitCode.BAD_INPUT, "The schedule cannot be kept so."),
  NO_SUCH_NIGHT("LB-7123", ExitCode.BAD_INPUT, "There is no such night."),
  NIGHT_RUNNING("LB-7124", ExitCode.BAD_INPUT, "The schedule's former night still runs."),
  OPTION_IDLE("LB-7125", ExitCode.USAGE, "An option does nothing in this kind of run."),
  CRITIC_NEEDED("LB-7128", ExitCode.USAGE, "This search cannot do without a critic."),
  NOTHING_TO_SEARCH_WITH(
      "LB-7129", ExitCode.BAD_INPUT, "There is neither a critic nor an example to search with."),
  FINDINGS_NOT_ACCEPTED(
      "LB-7140", ExitCode.BAD_INPUT, "The winner has findings that nobody has accepted."),
  FINDING_UNKNOWN("LB-7141", ExitCode.BAD_INPUT, "The proposal has no such finding."),
  NOT_FOR_PEOPLE("LB-7150", ExitCode.BAD_INPUT, "People cannot decide this run."),
  NOT_WAITING("LB-7151", ExitCode.BAD_INPUT, "The run does not wait for people."),
  ENDPOINT_UNUSABLE(
      "LB-7130", ExitCode.ENVIRONMENT_MISSING, "A model's endpoint cannot be used as it is named."),
  ENDPOINT_NOT_READY(
      "LB-7131", ExitCode.ENVIRONMENT_MISSING, "A model's endpoint does not answer now.");

  private final Meaning meaning;

  RunError(String id, ExitCode exit, String summary) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
