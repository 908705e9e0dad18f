package dev.lightningbridge.server;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can go wrong at the server's doors. */
public enum ApiError implements ErrorCode {
  NO_TOKEN("LB-8001", ExitCode.USAGE, "The token is missing or wrong."),
  WRONG_HOST("LB-8002", ExitCode.USAGE, "The request is for another host."),
  WRONG_ORIGIN("LB-8003", ExitCode.USAGE, "The request comes from another site's page."),
  DATABASE_NOT_ALLOWED("LB-8004", ExitCode.BAD_INPUT, "The database is in no allowed folder."),
  NOT_LOOPBACK("LB-8005", ExitCode.USAGE, "The server would listen for others."),
  BAD_REQUEST("LB-8006", ExitCode.BAD_INPUT, "The request cannot be understood."),
  SANDBOX_OFF("LB-8007", ExitCode.BAD_INPUT, "The simulated model is switched off."),
  NO_SUCH_DATABASE("LB-8008", ExitCode.BAD_INPUT, "There is no such database."),
  KEY_REUSED("LB-8009", ExitCode.BAD_INPUT, "The idempotency key stands for another run."),
  NO_SUCH_REPORT("LB-8010", ExitCode.BAD_INPUT, "There is no such judge report."),
  TOO_MANY("LB-8011", ExitCode.BAD_INPUT, "The server does as much at once as it may."),
  CURSOR_UNKNOWN("LB-8012", ExitCode.BAD_INPUT, "The cursor is none of this server."),
  SEVERAL_FILES("LB-8013", ExitCode.BAD_INPUT, "The export has several files."),
  MODEL_NOT_ALLOWED("LB-8014", ExitCode.BAD_INPUT, "The base model is in no allowed folder."),
  NO_SUCH_BASE_MODEL("LB-8015", ExitCode.BAD_INPUT, "There is no such base model."),
  NO_BASE_MODELS("LB-8016", ExitCode.BAD_INPUT, "No folder of base models is configured."),
  TRAINING_REFUSED("LB-8017", ExitCode.USAGE, "The training's settings do not go together."),
  DATABASE_UNNAMED("LB-8018", ExitCode.BAD_INPUT, "A new database would not be found by its name."),
  AGENT_NAME_UNUSABLE("LB-8019", ExitCode.USAGE, "An agent's name cannot be used."),
  NO_ASSISTANTS("LB-8020", ExitCode.USAGE, "The server is not open to assistants."),
  UNEXPECTED("LB-8099", ExitCode.FAILED, "An unexpected error.");

  private final Meaning meaning;

  ApiError(String id, ExitCode exit, String summary) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
