package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Looks at the first rows of a file before anything is written. */
final class Preview implements RowTaker {
  private static final int ROWS = 2_000;
  private static final int NAMED = 1_000;
  private static final int SHOWN = 120;

  private final Columns columns;
  private final ScaleFinder scores = new ScaleFinder();
  private final Map<String, String> firstValues = new LinkedHashMap<>();
  private int rows;
  private boolean hasScores;
  private boolean needsPrompt;
  private boolean hasPrompt;

  Preview(Columns columns) {
    this.columns = columns;
  }

  @Override
  public boolean take(RawRow raw) {
    raw.values()
        .forEach(
            (name, value) -> {
              if (firstValues.size() < NAMED) {
                firstValues.computeIfAbsent(name, n -> start(value));
              }
            });
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

  /** The columns, with the start of the first value of each. */
  Map<String, String> firstValues() {
    return firstValues;
  }

  private static String start(JsonNode value) {
    String text = value.isTextual() ? value.asText() : value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  boolean hasScores() {
    return hasScores;
  }

  /** Whether there are outputs, and none says of which prompt. */
  boolean lacksPrompt() {
    return needsPrompt && !hasPrompt;
  }
}
