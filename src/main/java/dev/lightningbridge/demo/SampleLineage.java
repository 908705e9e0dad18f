package dev.lightningbridge.demo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lineage of a session that is being played, as it stands. */
final class SampleLineage {
  final String id;
  final String label;
  final SamplePlan.Strategy strategy;

  /** The agent version of the moment. */
  Version version;

  int cycle;
  boolean locked;
  final List<String> sticky = new ArrayList<>();
  final List<String> oneShot = new ArrayList<>();

  /** Its latest artifact and what became of that. */
  @Nullable Artifact latest;

  /** The last evolution, whose effect is not known yet. */
  @Nullable Evolution pending;

  SampleLineage(String id, String label, SamplePlan.Strategy strategy, Version version) {
    this.id = id;
    this.label = label;
    this.strategy = strategy;
    this.version = version;
  }

  /**
   * An agent version.
   *
   * @param createdAt of the lineage's first version, as the app keeps it
   * @param penalty frequency and presence penalty; 0 for none
   */
  record Version(
      String agentId,
      int number,
      String prompt,
      double temperature,
      double penalty,
      long createdAt) {}

  record Artifact(
      String id, String input, String output, @Nullable Integer score, @Nullable String comment) {
    Artifact scored(int value, @Nullable String said) {
      return new Artifact(id, input, output, value, said);
    }
  }

  record Evolution(String recordId, int triggerScore) {}
}
