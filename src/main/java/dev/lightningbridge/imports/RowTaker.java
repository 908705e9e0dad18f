package dev.lightningbridge.imports;

/** What takes the rows of a file, one after the other. */
interface RowTaker {
  /** Takes a row; tells whether more are wanted. */
  boolean take(RawRow row);

  /** Is told of a row that cannot be read. */
  void skip(long line, ImportError code, String why);
}
