package dev.lightningbridge.store;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can be wrong with the home folder and bridge.db: LB-7001 to LB-7019. */
public enum StoreError implements ErrorCode {
  HOME_NOT_A_FOLDER("LB-7001", "The home folder's name belongs to something that is no folder."),
  NOT_WRITABLE("LB-7002", "The home folder or bridge.db cannot be written."),
  DISK_FULL("LB-7003", "The disk that holds the home folder is full."),
  DAMAGED("LB-7004", "bridge.db is damaged, or is no SQLite database."),
  NEWER("LB-7005", "bridge.db was written by a newer Lightning Bridge."),
  BUSY("LB-7006", "Another process keeps bridge.db locked."),
  NOT_OURS("LB-7007", "bridge.db is a database of another program."),
  UNUSABLE("LB-7008", "bridge.db could not be read or written."),
  UNREACHABLE("LB-7009", "The PostgreSQL server cannot be reached."),
  REFUSED("LB-7010", "The PostgreSQL server refuses the database, the user or its rights."),
  NOT_SAID("LB-7011", "It was not said which PostgreSQL database to use."),
  REPLACED("LB-7012", "bridge.db was deleted or replaced while it was in use.");

  private final Meaning meaning;

  StoreError(String id, String summary) {
    this.meaning = new Meaning(id, ExitCode.FAILED, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
