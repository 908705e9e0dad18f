package dev.lightningbridge.camp;

import dev.lightningbridge.corpus.AgentVersion;
import java.util.List;
import java.util.Optional;

/**
 * Agent versions that are there because a captured call was made with their prompt, and for no
 * other reason. Their ids say so.
 */
public final class CapturedVersions {
  private CapturedVersions() {}

  /** The id of the version that captured calls with this prompt make. */
  public static String id(String lineageId, String prompt) {
    return new ContentIds().of("captured version", lineageId, prompt);
  }

  /** Whether a version is such a one. */
  public static boolean isOne(String id, String lineageId, String prompt) {
    return id.equals(id(lineageId, prompt));
  }

  /**
   * The lineage's agent of today: the version that somebody made it last.
   *
   * @param versions of one lineage, oldest first
   */
  static Optional<AgentVersion> current(List<AgentVersion> versions) {
    return versions.reversed().stream()
        .filter(v -> !isOne(v.id(), v.lineageId(), v.systemPrompt()))
        .findFirst();
  }
}
