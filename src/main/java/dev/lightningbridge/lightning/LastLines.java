package dev.lightningbridge.lightning;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of a log. Thread-safe. */
final class LastLines {
  private static final int LONGEST = 2_000;

  private final int kept;
  private final Deque<String> lines = new ArrayDeque<>();

  LastLines(int kept) {
    this.kept = kept;
  }

  synchronized void add(String line) {
    if (lines.size() == kept) {
      lines.removeFirst();
    }
    lines.addLast(line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
