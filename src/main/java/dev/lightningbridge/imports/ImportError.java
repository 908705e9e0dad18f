package dev.lightningbridge.imports;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can be wrong with files that are imported: LB-2201 to LB-2299. */
public enum ImportError implements ErrorCode {
  FILE_UNREADABLE("LB-2201", "A file to import cannot be read."),
  FORMAT_UNCLEAR("LB-2202", "It cannot be told what a file to import is.", ExitCode.USAGE),
  SCALE_UNCLEAR("LB-2203", "It cannot be told on which scale the scores are.", ExitCode.USAGE),
  PROMPT_MISSING("LB-2204", "Nothing says which prompt the outputs came from.", ExitCode.USAGE),
  COLUMN_UNKNOWN("LB-2205", "A column that was named is not there.", ExitCode.USAGE),
  OPTION_UNKNOWN("LB-2206", "A format, field or scale has no such name.", ExitCode.USAGE),
  NOTHING_TO_IMPORT("LB-2207", "The files hold no row that can be imported."),
  COLUMN_TWICE("LB-2208", "Two columns are taken for one field.", ExitCode.USAGE),
  ROW_MALFORMED("LB-2210", "A row is not of its file's form; it is left out."),
  ROW_TOO_LONG("LB-2211", "A row is longer than the limit; it is left out."),
  ROW_WITHOUT_INPUT("LB-2212", "A row has no input; it is left out."),
  SCORE_UNUSABLE("LB-2213", "A score is no number of the scale; the row is left out."),
  ANSWERS_DIFFER("LB-2214", "An input has another answer in the database; that one stays."),
  TOO_MANY_PROMPTS("LB-2215", "The rows have more prompts than can be versions; it is left out."),
  ANSWER_EMPTY("LB-2216", "An answer holds nothing, so that no output could be right.");

  private final Meaning meaning;

  ImportError(String id, String summary) {
    this(id, summary, ExitCode.BAD_INPUT);
  }

  ImportError(String id, String summary, ExitCode exit) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
