package dev.lightningbridge.dataset;

import dev.lightningbridge.common.Figures;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A session whose inputs and scores a run takes in beside those of its own.
 *
 * @param inputs distinct ones that neither the run's session nor one pooled before has
 * @param scores outputs that people have scored, of inputs that the database tells
 * @param pairs of outputs, one of which people preferred by a comparison or a lock
 */
public record PooledSession(String id, String name, int inputs, int scores, int pairs) {
  /** What was pooled, in a sentence; empty where nothing was. */
  public static String inWords(List<PooledSession> pooled) {
    return pooled.isEmpty()
        ? ""
        : pooled.stream()
            .map(PooledSession::inWords)
            .collect(Collectors.joining("; ", "Pooled with the session: ", "."));
  }

  private String inWords() {
    return "%s of session %s (%s)"
            .formatted(
                Figures.counted(inputs, "further input")
                    + " and "
                    + Figures.counted(scores, "scored output"),
                name,
                id)
        + (pairs == 0
            ? ""
            : ", with %s, from which a training by DPO learns"
                .formatted(Figures.counted(pairs, "preference")));
  }
}
