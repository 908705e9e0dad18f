package dev.lightningbridge.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what becomes of rows. */
final class Tally {
  private static final int LISTED = 1_000;

  private final List<ImportReport.Left> skipped = new ArrayList<>();
  private final Map<String, Long> byCode = new TreeMap<>();
  long read;
  long written;
  long known;
  long scored;
  long tasks;
  long expected;
  long odd;

  void skip(String file, long line, String code, String why) {
    byCode.merge(code, 1L, Long::sum);
    if (skipped.size() < LISTED) {
      skipped.add(new ImportReport.Left(file, line, code, why));
    }
  }

  List<ImportReport.Left> skipped() {
    return List.copyOf(skipped);
  }

  Map<String, Long> byCode() {
    return byCode;
  }

  ImportReport.Rows rows() {
    return new ImportReport.Rows(read, written, read - written, known, scored, tasks, expected);
  }
}
