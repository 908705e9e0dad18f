package dev.lightningbridge.runs.judging;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Seal;
import dev.lightningbridge.dataset.split.Seals;
import dev.lightningbridge.dataset.split.Split;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tasks that a verdict rests on, or another one did: what people chose there tests no judge.
 *
 * @param texts of those that are known, so that near duplicates of them are known too
 */
record SealedTasks(Set<InputKey> keys, List<String> texts) {
  static final SealedTasks NONE = new SealedTasks(Set.of(), List.of());

  /** Of a run. */
  static SealedTasks of(Split split, Seal seal) {
    List<String> texts = split.sealed().stream().map(Task::input).toList();
    Set<InputKey> keys = new HashSet<>(seal.here());
    keys.addAll(seal.elsewhere());
    texts.forEach(text -> keys.add(InputKey.of(text)));
    return new SealedTasks(keys, texts);
  }

  /** Of the runs of these sessions so far. */
  static SealedTasks of(Seals seals, List<String> sessions) {
    Set<InputKey> keys = new HashSet<>();
    for (String session : sessions) {
      Seal seal = seals.of(session);
      keys.addAll(seal.here());
      keys.addAll(seal.elsewhere());
    }
    return new SealedTasks(keys, List.of());
  }

  boolean has(InputKey input) {
    return keys.contains(input);
  }
}
