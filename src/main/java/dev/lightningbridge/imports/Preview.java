package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** Looks at the first rows of a file before anything is written. */
final class Preview implements RowTaker {
  private static final int ROWS = 2_000;

  private final Columns columns;
  private final ScaleFinder scores = new ScaleFinder();
  private final Set<String> names = new TreeSet<>();
  private int rows;
  private boolean hasScores;
  private boolean needsPrompt;
  private boolean hasPrompt;

  Preview(Columns columns) {
    this.columns = columns;
  }

  @Override
  public boolean take(RawRow raw) {
    names.addAll(raw.values().keySet());
    Columns.Sorted row = columns.sort(raw);
    JsonNode score = row.fields().get(Field.SCORE);
    if (score != null && row.fields().containsKey(Field.OUTPUT)) {
      String text = score.isTextual() ? score.asText() : score.toString();
      if (!Scale.isNone(text)) {
        scores.see(text);
        hasScores = true;
      }
    }
    JsonNode input = row.fields().get(Field.INPUT);
    boolean chat = input != null && Chat.isMessages(input);
    needsPrompt |= row.fields().containsKey(Field.OUTPUT) || chat;
    hasPrompt |= row.fields().containsKey(Field.PROMPT) || chat;
    return ++rows < ROWS;
  }

  @Override
  public void skip(long line, ImportError code, String why) {}

  ScaleFinder scores() {
    return scores;
  }

  Set<String> names() {
    return names;
  }

  boolean hasScores() {
    return hasScores;
  }

  /** Whether there are outputs, and none says of which prompt. */
  boolean lacksPrompt() {
    return needsPrompt && !hasPrompt;
  }
}
