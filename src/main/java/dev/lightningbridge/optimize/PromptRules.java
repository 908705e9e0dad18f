package dev.lightningbridge.optimize;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user demands of a search and of each prompt that it runs.
 *
 * @param keep regular expressions; a line of the start in which one is found stands in every prompt
 * @param maxPromptTokens the most tokens of a prompt, by the estimate of budgets; null for the
 *     usual limit, see {@link PromptGuard}
 * @param goOnAtZero whether the search goes on where the start gets no reward on any task
 */
public record PromptRules(
    List<String> keep, @Nullable Integer maxPromptTokens, boolean goOnAtZero) {
  public static final PromptRules NONE = new PromptRules(List.of(), null, false);

  /** Of rows that were kept before there was such a list, it is missing. */
  @SuppressWarnings("NullAway")
  public PromptRules {
    keep = keep == null ? List.of() : List.copyOf(keep);
    if (maxPromptTokens != null && maxPromptTokens < 1) {
      throw new IllegalArgumentException(
          "a prompt must be allowed at least 1 token, not " + maxPromptTokens);
    }
  }
}
