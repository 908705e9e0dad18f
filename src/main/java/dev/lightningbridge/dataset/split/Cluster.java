package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.TextHash;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Near duplicates, which the split takes for one task.
 *
 * @param wordings the one that stands for all first: one that was sealed before, or else a real
 *     one, or else one whose answer is known
 * @param place in 0 to 1, by which the split takes it
 * @param before whether one of them was sealed before, and how
 */
record Cluster(List<Wording> wordings, double place, Before before) {
  enum Before {
    FREE,
    SEALED,
    SEALED_ELSEWHERE
  }

  static Cluster of(List<Wording> wordings, Seal seal) {
    List<Wording> sorted =
        wordings.stream()
            .sorted(
                Comparator.comparing((Wording w) -> !seal.here().contains(w.key()))
                    .thenComparing(w -> !w.real())
                    .thenComparing(w -> w.answer() == null)
                    .thenComparing(w -> w.key().taskId()))
            .toList();
    InputKey first =
        wordings.stream()
            .map(Wording::key)
            .min(Comparator.comparing(InputKey::taskId))
            .orElseThrow();
    return new Cluster(sorted, seal.place(first), before(wordings, seal));
  }

  private static Before before(List<Wording> wordings, Seal seal) {
    if (wordings.stream().anyMatch(w -> seal.here().contains(w.key()))) {
      return Before.SEALED;
    }
    return wordings.stream().anyMatch(w -> seal.elsewhere().contains(w.key()))
        ? Before.SEALED_ELSEWHERE
        : Before.FREE;
  }

  boolean isFree() {
    return before == Before.FREE;
  }

  boolean isReal() {
    return wordings.stream().anyMatch(Wording::real);
  }

  InputKey representative() {
    return wordings.getFirst().key();
  }

  /** The first tag that one of them has. */
  @Nullable String tag() {
    return wordings.stream().map(Wording::tag).filter(Objects::nonNull).findFirst().orElse(null);
  }

  @Nullable TextHash answer() {
    return wordings.stream().map(Wording::answer).filter(Objects::nonNull).findFirst().orElse(null);
  }
}
