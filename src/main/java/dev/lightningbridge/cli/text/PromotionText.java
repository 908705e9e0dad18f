package dev.lightningbridge.cli.text;

import dev.lightningbridge.cli.terminal.Invocation;
import dev.lightningbridge.runs.promotion.Promotion;
import java.util.ArrayList;
import java.util.List;

/** A promotion or its undoing in words. */
public final class PromotionText {
  private PromotionText() {}

  public static List<String> written(Promotion promotion, Invocation called) {
    List<String> lines = new ArrayList<>();
    lines.add("Promoted: the winner is the newest agent version in " + promotion.db());
    promotion.lines().forEach(line -> lines.add("  " + line));
    lines.add("Undo it with: " + called.line("rollback", promotion.promotionId()));
    return lines;
  }

  public static List<String> rolledBack(Promotion promotion) {
    List<String> lines = new ArrayList<>();
    lines.add("Rolled back: the earlier agent version is the newest again in " + promotion.db());
    promotion.lines().forEach(line -> lines.add("  " + line));
    lines.add(
        "The promoted version and what the app wrote since stay in its history: rows were added,"
            + " none taken away. The backup from before the promotion holds the file as it was.");
    return lines;
  }
}
