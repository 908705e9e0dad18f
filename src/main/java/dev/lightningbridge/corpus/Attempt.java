package dev.lightningbridge.corpus;

import org.jspecify.annotations.Nullable;

/**
 * One execution of an agent version on an input, with the one current score of its output.
 *
 * @param id the attempt's id; the artifact's where the database knows no attempt (versions 1 to 3)
 * @param rolloutId null where the database has no such row
 * @param agentVersionId null where no row of agent_definitions can be told
 * @param cycle 1 upward; 0 for an analysis run, which belongs to none
 * @param systemPrompt the prompt that the attempt ran with, verbatim; null where it cannot be told
 * @param input the exact user text; empty where the database does not say (versions 1 to 3)
 * @param output null for a failed execution without output
 * @param score always there where the kind is SCORED; a FAILED attempt may have one too, which is
 *     no reward
 * @param eventId the event of the attempt's end, where there is one
 * @param startedAt milliseconds since the epoch
 * @param tag the group that its input belongs to, where an import said one
 */
public record Attempt(
    String id,
    @Nullable String rolloutId,
    String lineageId,
    String sessionId,
    int cycle,
    AttemptKind kind,
    @Nullable String agentVersionId,
    int agentVersionNumber,
    @Nullable String systemPrompt,
    String input,
    @Nullable String output,
    @Nullable String error,
    ModelSettings model,
    @Nullable Score score,
    @Nullable String artifactId,
    @Nullable String eventId,
    long startedAt,
    @Nullable Long durationMs,
    @Nullable String tag) {
  /** Whether people scored its output, and the database tells the input that it is for. */
  public boolean isScoredOutput() {
    return kind == AttemptKind.SCORED && score != null && output != null && !input.isBlank();
  }

  /** One that the app itself has written. */
  public Attempt(
      String id,
      @Nullable String rolloutId,
      String lineageId,
      String sessionId,
      int cycle,
      AttemptKind kind,
      @Nullable String agentVersionId,
      int agentVersionNumber,
      @Nullable String systemPrompt,
      String input,
      @Nullable String output,
      @Nullable String error,
      ModelSettings model,
      @Nullable Score score,
      @Nullable String artifactId,
      @Nullable String eventId,
      long startedAt,
      @Nullable Long durationMs) {
    this(
        id,
        rolloutId,
        lineageId,
        sessionId,
        cycle,
        kind,
        agentVersionId,
        agentVersionNumber,
        systemPrompt,
        input,
        output,
        error,
        model,
        score,
        artifactId,
        eventId,
        startedAt,
        durationMs,
        null);
  }
}
