package dev.lightningbridge.camp;

/** How an import marks what it writes, so that it is read back as it was given. */
public final class ImportedMarks {
  /** The member of an output's metadata with what an import said besides. */
  public static final String OUTPUT = "imported";

  /** The member of an output's metadata with what was captured of its call besides. */
  public static final String CAPTURED = "captured";

  public static final String TAG = "tag";

  /** The audit log's type of an entry with what an import said of a task besides. */
  public static final String TASK = "task_imported";

  /** The member that says that the answer is JSON. */
  public static final String JSON = "expectedIsJson";

  private ImportedMarks() {}
}
