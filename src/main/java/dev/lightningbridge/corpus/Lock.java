package dev.lightningbridge.corpus;

import java.util.List;

/**
 * The moment a person locked a lineage as better than its competitors.
 *
 * @param winnerArtifactId the winner's latest artifact at that moment
 * @param loserArtifactIds the competitors' latest ones; empty where the lock carries no preference
 */
public record Lock(
    String eventId,
    String sessionId,
    String lineageId,
    List<String> competitorLineageIds,
    String winnerArtifactId,
    List<String> loserArtifactIds,
    long at) {}
