package dev.lightningbridge.runs;

/**
 * The agent that a run is about, in the words people know it by.
 *
 * @param version number of the agent version that the run starts from
 * @param model that the agent version names
 */
public record RunSubject(String session, String lineage, int version, String model) {
  static RunSubject of(RunPlan plan) {
    LineageChoice choice = plan.choice();
    return new RunSubject(
        choice.session().name(),
        choice.lineage().label(),
        choice.baseline().number(),
        choice.baseline().model().modelId());
  }
}
