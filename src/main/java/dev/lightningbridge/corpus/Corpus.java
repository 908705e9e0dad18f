package dev.lightningbridge.corpus;

import dev.lightningbridge.common.Skipped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a Training Camp database says, joined the right way. Sessions, lineages and agent versions
 * are held in memory; attempts, spans and events are read from the file as they are asked for, so
 * that a database of any size needs little memory. Streams hold a cursor: close them. Not
 * thread-safe; lives as long as the database is open that it was read from.
 */
public interface Corpus {
  /** The database's schema version, 1 to 10. */
  int schemaVersion();

  /** By creation time, then id. */
  List<Session> sessions();

  /** By session, then label. */
  List<Lineage> lineages();

  /** By lineage, then version number; in a large database rather ask lineage by lineage. */
  List<AgentVersion> agentVersions();

  /** The versions of one lineage, oldest first. */
  List<AgentVersion> agentVersions(String lineageId);

  /** Every attempt, by start time, then id. */
  Stream<Attempt> attempts();

  /** The attempts of one session. */
  Stream<Attempt> attempts(String sessionId);

  /** The spans of an attempt, in order. */
  List<Span> spans(String attemptId);

  /** Every lock by a person, by time. */
  List<Lock> locks();

  /** Every training event with its payload, by (timestamp, rowid). */
  Stream<TrainingEvent> events();

  /**
   * The events of one session. Most events do not name it: it is found through their lineage, agent
   * version, artifact, attempt or evolution.
   */
  Stream<TrainingEvent> events(String sessionId);

  /** Where the events stand, from a row on, by row; those of deleted sessions too. */
  Stream<EventMark> eventMarks(long fromRow);

  /** The event of the highest row, of a deleted session too; empty where there is none. */
  Optional<EventMark> lastEvent();

  /** What people said about the lineages' outputs, each text once, by time. */
  List<Directive> directives();

  /** What the app learned of its own changes, by time. */
  List<Insight> insights();

  /** The test cases and context examples of all sessions, by time; the app leaves both empty. */
  List<TestCase> testCases();

  /** Rows left out or repaired so far; complete once the streams were read to their end. */
  List<Skipped> skipped();

  /**
   * The lineage's agent of today: the version that somebody made it last, in the app, by an import,
   * a promotion or a rollback. A prompt with which an application was only seen calling is none.
   */
  Optional<AgentVersion> currentAgent(String lineageId);

  /** Every comparison of outputs by a person that says which was the better one, by time. */
  List<Preference> comparisons();

  /** What people preferred by comparisons, and by locks as far as they carry a preference. */
  default List<Preference> preferences() {
    return Stream.concat(
            comparisons().stream(),
            locks().stream().filter(lock -> !lock.loserArtifactIds().isEmpty()).map(Preference::of))
        .toList();
  }

  /** Pairs of outputs, one of which people of the session preferred. */
  default int preferences(String sessionId) {
    return preferences().stream()
        .filter(preference -> preference.sessionId().equals(sessionId))
        .mapToInt(preference -> preference.loserArtifactIds().size())
        .sum();
  }

  default Optional<Session> session(String id) {
    return sessions().stream().filter(s -> s.id().equals(id)).findFirst();
  }

  default Optional<Lineage> lineage(String id) {
    return lineages().stream().filter(l -> l.id().equals(id)).findFirst();
  }
}
