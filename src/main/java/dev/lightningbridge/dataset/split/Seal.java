package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TextHash;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What decides where an input goes, beside itself: its session, the seed of the split, and what was
 * sealed before. A search's seed is no part of it.
 *
 * @param sessionId whose tasks are split; what is the same input in another session has another
 *     place
 * @param splitSeed 0 unless a person asked for another split
 * @param here inputs that a run of the session has sealed with this seed: they stay sealed
 * @param elsewhere inputs that a run has sealed with another seed, or in a session that is pooled
 *     with this one: no search may have them
 */
public record Seal(String sessionId, long splitSeed, Set<InputKey> here, Set<InputKey> elsewhere) {
  public Seal {
    here = Set.copyOf(here);
    elsewhere = Set.copyOf(elsewhere);
  }

  /** Of a session of which nothing was sealed yet. */
  public static Seal of(String sessionId, long splitSeed) {
    return new Seal(sessionId, splitSeed, Set.of(), Set.of());
  }

  /** The same; what was sealed in a session that is pooled with this one comes into no search. */
  public Seal besides(Seal pooled) {
    Set<InputKey> all = new HashSet<>(elsewhere);
    all.addAll(pooled.here);
    all.addAll(pooled.elsewhere);
    all.removeAll(here);
    return new Seal(sessionId, splitSeed, here, all);
  }

  /** The same, with what was sealed of these inputs alone. */
  public Seal among(Collection<Task> tasks) {
    Set<InputKey> keys =
        tasks.stream().map(task -> InputKey.of(task.input())).collect(Collectors.toSet());
    return new Seal(sessionId, splitSeed, kept(here, keys), kept(elsewhere, keys));
  }

  private static Set<InputKey> kept(Set<InputKey> sealed, Set<InputKey> keys) {
    return sealed.stream().filter(keys::contains).collect(Collectors.toSet());
  }

  /** A place in 0 to 1, exclusive, that depends on session, seed and input alone. */
  double place(InputKey key) {
    TextHash hash =
        TextHash.of(
            "lightning-bridge/split/1", sessionId, Long.toString(splitSeed), key.hash().hex());
    return (hash.high() >>> 11) * 0x1.0p-53;
  }
}
