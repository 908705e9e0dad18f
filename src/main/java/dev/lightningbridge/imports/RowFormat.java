package dev.lightningbridge.imports;

import java.io.IOException;

/** A form of files that hold rows. */
interface RowFormat {
  /** Reads the rows as far as they are wanted, holding one at a time. */
  void read(SourceText text, RowTaker taker) throws IOException;
}
