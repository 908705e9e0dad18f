package dev.lightningbridge.runs.ending;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** Two prompts as a unified diff. */
public final class UnifiedDiff {
  private static final int CONTEXT = 2;

  private UnifiedDiff() {}

  /** The lines of the diff, the first two with the names; empty where the texts are the same. */
  public static List<String> of(String oldName, String old, String newName, String now) {
    List<String> lines = old.lines().toList();
    return UnifiedDiffUtils.generateUnifiedDiff(
        oldName, newName, lines, DiffUtils.diff(lines, now.lines().toList()), CONTEXT);
  }
}
