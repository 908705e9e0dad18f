package dev.lightningbridge.camp.files;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can be wrong with a Training Camp database: 10xx the file, 105x a writing, 11xx a row. */
public enum CampError implements ErrorCode {
  FILE_MISSING("LB-1001", "The database file does not exist."),
  NOT_READABLE("LB-1002", "The database is a folder or may not be read."),
  NOT_A_DATABASE("LB-1003", "The file is neither a SQLite file nor the Base64 text of one."),
  CUT_OFF("LB-1004", "The database is shorter than it says it is."),
  DAMAGED("LB-1005", "The database has damaged pages."),
  NOT_A_CAMP("LB-1006", "The SQLite file is not a Training Camp database."),
  VERSION_UNKNOWN("LB-1007", "The schema version is not one of 1 to 10."),
  BAD_BASE64("LB-1008", "The text of the browser's store holds something that is not Base64."),
  IN_USE("LB-1009", "Another program is writing the database.", ExitCode.FAILED),
  NO_PRIVATE_COPY("LB-1010", "The private copy of the database failed.", ExitCode.FAILED),
  SQLITE_UNUSABLE("LB-1011", "SQLite's library cannot be unpacked or loaded.", ExitCode.FAILED),

  LINEAGE_UNKNOWN("LB-1051", "The database has no such lineage: it is not the one optimised."),
  AGENT_MOVED_ON("LB-1052", "The lineage's agent has changed since the run.", ExitCode.FAILED),
  LINEAGE_LOCKED("LB-1053", "The lineage is locked.", ExitCode.FAILED),
  ALREADY_WRITTEN("LB-1054", "The run's result stands in the database.", ExitCode.FAILED),
  NOT_WRITABLE("LB-1055", "The database or its folder may not be written.", ExitCode.FAILED),
  BACKUP_FAILED("LB-1056", "The backup failed; nothing was written.", ExitCode.FAILED),
  WRITE_FAILED("LB-1057", "The writing failed and was taken back.", ExitCode.FAILED),
  TOO_OLD_TO_WRITE("LB-1058", "Databases of versions 1 to 3 have no place for a promotion."),
  DUMP_EXISTS("LB-1059", "The file for the new dump exists already.", ExitCode.FAILED),
  BRINGS_CODE("LB-1060", "The database brings along triggers, views or the like.", ExitCode.FAILED),
  WRITTEN_OTHERWISE("LB-1061", "The database changed other rows too; all undone.", ExitCode.FAILED),
  CONTROL_CHARACTERS("LB-1062", "The new prompt has control characters.", ExitCode.FAILED),

  IMPORT_INTO_DUMP("LB-1070", "Nothing can be added to the text of the browser's store."),
  SESSION_AMBIGUOUS("LB-1071", "Several sessions have that name.", ExitCode.USAGE),
  TOO_MANY_LINEAGES("LB-1072", "A session holds eight lineages; the rows of others are left out."),
  OUTPUT_UNKNOWN("LB-1073", "The database has no such output."),
  NOTHING_TO_TAKE_BACK("LB-1074", "The last score was not given here.", ExitCode.FAILED),

  NO_ID("LB-1101", "The row has no id; it is left out."),
  BLOB_MISSING("LB-1102", "The event's payload is not stored; other tables stand in for it."),
  BAD_JSON("LB-1103", "The text is no JSON or no object; other columns stand in for it."),
  HASH_MISMATCH("LB-1104", "The payload is not what was hashed; it is not used."),
  IDS_CONTRADICT("LB-1105", "The payload names other rows than the event does; it is not used."),
  BAD_TAGS("LB-1106", "The tags are no list of texts; they are taken as none."),
  ODD_TYPE("LB-1107", "A column holds a value of another type; it is converted or taken as none."),
  UNKNOWN_LABEL("LB-1108", "The lineage's label is none of A to H; it is kept."),
  BAD_SCORE("LB-1109", "The score is no whole number of 1 to 10; the last score event's counts."),
  SCORES_DISAGREE("LB-1110", "The last score event names another score; the evaluation counts."),
  PROMPT_CHANGED("LB-1111", "The agent version's prompt was changed after the attempt."),
  NO_LINEAGE("LB-1112", "The row belongs to no lineage that is there; it is left out."),
  NO_ARTIFACT("LB-1113", "The row names an artifact that is not there; it is left out."),
  NO_INPUT("LB-1114", "Nothing says what the run was about; it is left out."),
  NO_CHOICE("LB-1115", "The comparison does not say which output was preferred; it is left out."),
  DELETED_SESSION("LB-1121", "The rows belong to a session that was deleted.");

  private final Meaning meaning;

  CampError(String id, String summary) {
    this(id, summary, ExitCode.BAD_INPUT);
  }

  CampError(String id, String summary, ExitCode exit) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
