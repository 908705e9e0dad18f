package dev.lightningbridge.runs.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Two prompts side by side: by line, and by word within lines that were reworded.
 *
 * @param added words of the new prompt that the old one has not; {@code removed} the other way
 */
public record PromptDiff(List<Row> rows, int added, int removed) {
  private static final Pattern TOKEN = Pattern.compile("\\s+|[\\p{L}\\p{N}_]+|.", Pattern.DOTALL);

  /** Equal lines shown around a change; more are folded. */
  private static final int CONTEXT = 3;

  /** Lines that share less than this are shown as one taken away and one added. */
  private static final double REWORDED = 0.3;

  /**
   * A line of both.
   *
   * @param folded how many equal lines this row stands for; 0 for a line that is shown
   */
  public record Row(@Nullable Side old, @Nullable Side now, int folded) {
    public boolean changed() {
      return folded == 0 && (old == null || now == null || old.touched() || now.touched());
    }
  }

  /** A line of one prompt, its number from 1. */
  public record Side(int number, List<Piece> pieces) {
    boolean touched() {
      return pieces.stream().anyMatch(Piece::changed);
    }
  }

  /** A piece of a line that the other prompt has too, or has not. */
  public record Piece(String text, boolean changed) {}

  /** The differences. */
  public static PromptDiff of(String oldPrompt, String newPrompt) {
    List<String> old = oldPrompt.lines().toList();
    List<String> now = newPrompt.lines().toList();
    List<Row> rows = new ArrayList<>();
    for (AbstractDelta<String> delta : DiffUtils.diff(old, now, true).getDeltas()) {
      addRows(rows, delta);
    }
    return new PromptDiff(folded(rows), words(rows, false), words(rows, true));
  }

  public boolean same() {
    return rows.stream().noneMatch(Row::changed);
  }

  private static void addRows(List<Row> rows, AbstractDelta<String> delta) {
    List<String> old = delta.getSource().getLines();
    List<String> now = delta.getTarget().getLines();
    int oldNumber = delta.getSource().getPosition() + 1;
    int newNumber = delta.getTarget().getPosition() + 1;
    for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
      String left = i < old.size() ? old.get(i) : null;
      String right = i < now.size() ? now.get(i) : null;
      if (left == null || right == null) {
        rows.add(new Row(whole(oldNumber + i, left), whole(newNumber + i, right), 0));
      } else if (delta.getType() == DeltaType.EQUAL) {
        rows.add(
            new Row(
                new Side(oldNumber + i, List.of(new Piece(left, false))),
                new Side(newNumber + i, List.of(new Piece(right, false))),
                0));
      } else {
        rows.add(reworded(oldNumber + i, left, newNumber + i, right));
      }
    }
  }

  private static @Nullable Side whole(int number, @Nullable String line) {
    return line == null ? null : new Side(number, List.of(new Piece(line, true)));
  }

  private static Row reworded(int oldNumber, String left, int newNumber, String right) {
    List<Piece> old = new ArrayList<>();
    List<Piece> now = new ArrayList<>();
    int shared = 0;
    for (AbstractDelta<String> delta :
        DiffUtils.diff(tokens(left), tokens(right), true).getDeltas()) {
      boolean equal = delta.getType() == DeltaType.EQUAL;
      String oldText = String.join("", delta.getSource().getLines());
      String newText = String.join("", delta.getTarget().getLines());
      shared += equal ? oldText.length() : 0;
      add(old, oldText, !equal);
      add(now, newText, !equal);
    }
    if (shared < REWORDED * Math.max(left.length(), right.length())) {
      return new Row(whole(oldNumber, left), whole(newNumber, right), 0);
    }
    return new Row(new Side(oldNumber, old), new Side(newNumber, now), 0);
  }

  private static void add(List<Piece> pieces, String text, boolean changed) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(text, changed));
    }
  }

  private static List<String> tokens(String line) {
    return TOKEN.matcher(line).results().map(MatchResult::group).toList();
  }

  private static List<Row> folded(List<Row> rows) {
    List<Row> shown = new ArrayList<>();
    int equal = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (near(rows, i)) {
        fold(shown, rows, i, equal);
        equal = 0;
        shown.add(rows.get(i));
      } else {
        equal++;
      }
    }
    fold(shown, rows, rows.size(), equal);
    return shown;
  }

  /**
   * Folds the equal lines before the end; a single one is shown, since folding would gain nothing.
   */
  private static void fold(List<Row> shown, List<Row> rows, int end, int equal) {
    if (equal == 1) {
      shown.add(rows.get(end - 1));
    } else if (equal > 1) {
      shown.add(new Row(null, null, equal));
    }
  }

  private static boolean near(List<Row> rows, int index) {
    int from = Math.max(0, index - CONTEXT);
    int to = Math.min(rows.size(), index + CONTEXT + 1);
    return rows.subList(from, to).stream().anyMatch(Row::changed);
  }

  private static int words(List<Row> rows, boolean ofOld) {
    return (int)
        rows.stream()
            .map(row -> ofOld ? row.old() : row.now())
            .filter(side -> side != null)
            .flatMap(side -> side.pieces().stream())
            .filter(Piece::changed)
            .flatMap(piece -> tokens(piece.text()).stream())
            .filter(token -> Character.isLetterOrDigit(token.codePointAt(0)))
            .count();
  }
}
