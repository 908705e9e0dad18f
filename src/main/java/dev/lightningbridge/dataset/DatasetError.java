package dev.lightningbridge.dataset;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can be wrong with tasks and exports: LB-2001 to LB-2999. */
public enum DatasetError implements ErrorCode {
  TASK_FILE_UNREADABLE("LB-2001", "The file of tasks cannot be read."),
  TASK_FILE_UNUSABLE("LB-2002", "The file of tasks holds no usable task."),
  TASK_LINE_MALFORMED("LB-2003", "A line of the file of tasks is no JSON object in UTF-8."),
  TASK_LINE_TOO_LONG("LB-2004", "A line of the file of tasks is longer than the limit."),
  TASK_WITHOUT_INPUT("LB-2005", "A task has no input text."),
  TASK_ID_REPEATED("LB-2006", "A task has the id of an earlier one."),
  TASK_INPUT_REPEATED("LB-2007", "A task has the input of an earlier one."),
  TASK_CHECK_INVALID("LB-2008", "A check of a task cannot be understood."),
  TASK_EXPECTED_EMPTY("LB-2010", "What a task expects is empty."),
  TASK_ANSWERS_DIFFER(
      "LB-2011", "A task has the input of an earlier one, and another answer is right."),
  TASK_NAMES_CLASH("LB-2012", "Several members of a task may mean the same."),
  TASK_INPUT_UNUSABLE("LB-2013", "A task's input holds what is not sent to a model."),
  TASKS_TOO_MANY("LB-2009", "There are more tasks than can be worked with."),
  SESSION_UNKNOWN("LB-2020", "The database has no such session."),
  FORMAT_UNKNOWN("LB-2021", "There is no such export format.", ExitCode.USAGE),
  OUTPUT_UNUSABLE("LB-2022", "The output folder cannot be written to."),
  OUTPUT_FAILED("LB-2023", "Writing the export failed part-way; nothing of it was kept."),
  CURSOR_INVALID("LB-2024", "The cursor is not one that an export gave.", ExitCode.USAGE),
  CURSOR_FOREIGN("LB-2025", "The cursor does not fit the database or the export."),
  EXAMPLE_WITHOUT_INPUT("LB-2030", "An attempt has no input text, so it makes no example."),
  EXAMPLE_WITHOUT_PROMPT("LB-2031", "The prompt that an attempt ran with is not known."),
  SESSION_WITHOUT_AGENT("LB-2032", "No agent version of the session can be told.");

  private final Meaning meaning;

  DatasetError(String id, String summary) {
    this(id, summary, ExitCode.BAD_INPUT);
  }

  DatasetError(String id, String summary, ExitCode exit) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
