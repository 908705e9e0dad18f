package dev.lightningbridge.model;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can be wrong before a model is called: LB-3001 to LB-3019. */
public enum ModelError implements ErrorCode {
  BASE_URL_INVALID("LB-3001", ExitCode.USAGE, "The endpoint's base URL cannot be used."),
  PRICE_UNKNOWN(
      "LB-3002", ExitCode.USAGE, "There is a limit in USD but a model's price is not known."),
  KEY_FILE_UNUSABLE("LB-3003", ExitCode.USAGE, "The file with the endpoint's key cannot be used."),
  PRICE_FILE_INVALID("LB-3004", ExitCode.BAD_INPUT, "The file of prices cannot be used."),
  LIMIT_INVALID("LB-3005", ExitCode.USAGE, "A limit is negative or no number."),
  ALIAS_INVALID("LB-3006", ExitCode.USAGE, "An alias is not of the form FROM=TO."),
  PORT_UNAVAILABLE("LB-3007", ExitCode.FAILED, "The port cannot be listened on."),
  JOURNAL_UNREADABLE("LB-3008", ExitCode.FAILED, "An answer kept in bridge.db cannot be read."),
  KEY_INVALID("LB-3009", ExitCode.USAGE, "The endpoint's key holds characters no key has."),
  PROXY_INVALID("LB-3010", ExitCode.USAGE, "The proxy that the environment names cannot be used."),
  CERTIFICATES_UNUSABLE(
      "LB-3011", ExitCode.USAGE, "The certificates that the environment names cannot be used."),
  EXTRA_INVALID("LB-3015", ExitCode.USAGE, "A header, parameter or limit of calls cannot be used.");

  private final Meaning meaning;

  ModelError(String id, ExitCode exit, String summary) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
