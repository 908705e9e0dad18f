package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.optimize.HumanNote;
import java.util.List;
import java.util.stream.Stream;

/** What a critic learns from: a rollout that was made for it, or what a person noted before. */
sealed interface Experiment {
  /** Whether it is a run that did not get the full reward. */
  default boolean isFailure() {
    return this instanceof Run run && run.rollout().reward().orElse(1) < 1;
  }

  record Run(Rollout rollout) implements Experiment {}

  record Note(HumanNote note) implements Experiment {}

  /** The rollouts, then the notes. */
  static List<Experiment> of(List<Rollout> rollouts, List<HumanNote> notes) {
    return Stream.<Experiment>concat(rollouts.stream().map(Run::new), notes.stream().map(Note::new))
        .toList();
  }
}
