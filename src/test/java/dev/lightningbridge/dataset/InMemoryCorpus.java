package dev.lightningbridge.dataset;

import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Directive;
import dev.lightningbridge.corpus.EventMark;
import dev.lightningbridge.corpus.Insight;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Lock;
import dev.lightningbridge.corpus.ModelSettings;
import dev.lightningbridge.corpus.Preference;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.corpus.Span;
import dev.lightningbridge.corpus.TestCase;
import dev.lightningbridge.corpus.TrainingEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A corpus that a test puts together; what it is given comes out in the order of the contract. */
public final class InMemoryCorpus implements Corpus {
  public static final long NOON = 1_767_600_000_000L;

  private final List<Session> sessions = new ArrayList<>();
  private final List<Lineage> lineages = new ArrayList<>();
  private final List<AgentVersion> versions = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private final List<Lock> locks = new ArrayList<>();
  private final List<Preference> comparisons = new ArrayList<>();
  private final List<TrainingEvent> events = new ArrayList<>();
  private final List<TestCase> testCases = new ArrayList<>();
  private final List<Directive> directives = new ArrayList<>();
  private final List<Insight> insights = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  /** One session S1 with one lineage L1, whose agent A1 has the prompt. */
  public static InMemoryCorpus withAgent(String prompt) {
    return new InMemoryCorpus()
        .addSession("S1")
        .addLineage("L1", "S1", "A", false)
        .addVersion("A1", "L1", 1, prompt);
  }

  public InMemoryCorpus addSession(String id) {
    return addSession(new Session(id, "Session " + id, "need of " + id, null, null, NOON));
  }

  public InMemoryCorpus addSession(Session session) {
    sessions.add(session);
    return this;
  }

  public InMemoryCorpus addLineage(String id, String sessionId, String label, boolean locked) {
    lineages.add(new Lineage(id, sessionId, label, null, locked, List.of(), List.of(), NOON));
    return this;
  }

  public InMemoryCorpus addVersion(String id, String lineageId, int number, String prompt) {
    versions.add(
        new AgentVersion(
            id,
            lineageId,
            number,
            "Agent",
            "",
            prompt,
            new ModelSettings("azure/gpt-4o", 0.7, 2048, null),
            "[]",
            "[]",
            "{}",
            "{}",
            NOON,
            NOON + number));
    return this;
  }

  /** An attempt of A1 on an input, a minute after the last, with a score where it is given. */
  public InMemoryCorpus attempt(String id, String input, String output, @Nullable Integer score) {
    return attempt(
        id, score == null ? AttemptKind.UNSCORED : AttemptKind.SCORED, input, output, score);
  }

  public InMemoryCorpus attempt(
      String id, AttemptKind kind, String input, @Nullable String output, @Nullable Integer score) {
    String lineageId = lineages.get(0).id();
    long at = NOON + 60_000L * (attempts.size() + 1);
    String prompt = versions.get(0).systemPrompt();
    return attempt(
        new Attempt(
            id,
            kind == AttemptKind.ANALYSIS ? null : "rollout-of-" + id,
            lineageId,
            sessions.get(0).id(),
            1,
            kind,
            versions.get(0).id(),
            1,
            prompt,
            input,
            output,
            kind == AttemptKind.FAILED ? "model unreachable" : null,
            versions.get(0).model(),
            score == null ? null : new Score(score, null, "event-" + id, at + 5_000),
            kind == AttemptKind.ANALYSIS ? null : "artifact-" + id,
            "done-" + id,
            at,
            1_500L));
  }

  public InMemoryCorpus attempt(Attempt attempt) {
    attempts.add(attempt);
    return this;
  }

  public InMemoryCorpus addSpan(Span span) {
    spans.add(span);
    return this;
  }

  public InMemoryCorpus addLock(Lock lock) {
    locks.add(lock);
    return this;
  }

  public InMemoryCorpus addComparison(Preference comparison) {
    comparisons.add(comparison);
    return this;
  }

  public InMemoryCorpus addInsight(Insight insight) {
    insights.add(insight);
    return this;
  }

  public InMemoryCorpus addEvent(TrainingEvent event) {
    events.add(event);
    return this;
  }

  public InMemoryCorpus addTestCase(String id, String input, @Nullable String expected) {
    return addTestCase(sessions.get(0).id(), id, input, expected);
  }

  public InMemoryCorpus addTestCase(
      String session, String id, String input, @Nullable String expected) {
    testCases.add(new TestCase(id, session, "case", input, expected, NOON));
    return this;
  }

  public InMemoryCorpus addDirective(Directive directive) {
    directives.add(directive);
    return this;
  }

  /** An attempt of A1 that a person scored and commented on, a minute after the last. */
  public InMemoryCorpus commented(String id, String input, int score, String comment) {
    attempt(id, input, "output of " + id, score);
    Attempt a = attempts.removeLast();
    return attempt(
        new Attempt(
            a.id(),
            a.rolloutId(),
            a.lineageId(),
            a.sessionId(),
            a.cycle(),
            a.kind(),
            a.agentVersionId(),
            a.agentVersionNumber(),
            a.systemPrompt(),
            a.input(),
            a.output(),
            a.error(),
            a.model(),
            new Score(score, comment, "event-" + id, a.startedAt() + 5_000),
            a.artifactId(),
            a.eventId(),
            a.startedAt(),
            a.durationMs()));
  }

  public InMemoryCorpus skip(Skipped row) {
    skipped.add(row);
    return this;
  }

  @Override
  public int schemaVersion() {
    return 9;
  }

  @Override
  public List<Session> sessions() {
    return sessions;
  }

  @Override
  public List<Lineage> lineages() {
    return lineages;
  }

  @Override
  public List<AgentVersion> agentVersions() {
    return versions;
  }

  @Override
  public List<AgentVersion> agentVersions(String lineageId) {
    return versions.stream().filter(v -> v.lineageId().equals(lineageId)).toList();
  }

  @Override
  public Stream<EventMark> eventMarks(long fromRow) {
    return events.stream()
        .filter(e -> e.rowid() >= fromRow)
        .map(e -> new EventMark(e.rowid(), e.id()))
        .sorted(Comparator.comparingLong(EventMark::row));
  }

  @Override
  public Optional<EventMark> lastEvent() {
    return eventMarks(0).reduce((a, b) -> b);
  }

  @Override
  public List<Directive> directives() {
    return directives;
  }

  @Override
  public List<Insight> insights() {
    return insights;
  }

  @Override
  public List<TestCase> testCases() {
    return testCases;
  }

  @Override
  public Stream<Attempt> attempts() {
    return attempts.stream()
        .sorted(Comparator.comparingLong(Attempt::startedAt).thenComparing(Attempt::id));
  }

  @Override
  public Stream<Attempt> attempts(String sessionId) {
    return attempts().filter(a -> a.sessionId().equals(sessionId));
  }

  @Override
  public List<Span> spans(String attemptId) {
    return spans.stream().filter(s -> s.attemptId().equals(attemptId)).toList();
  }

  @Override
  public List<Lock> locks() {
    return locks;
  }

  @Override
  public List<Preference> comparisons() {
    return comparisons;
  }

  @Override
  public Stream<TrainingEvent> events() {
    return events.stream()
        .sorted(
            Comparator.comparingLong(TrainingEvent::timestamp)
                .thenComparingLong(TrainingEvent::rowid));
  }

  @Override
  public Stream<TrainingEvent> events(String sessionId) {
    return events().filter(e -> sessionId.equals(e.sessionId()));
  }

  @Override
  public List<Skipped> skipped() {
    return skipped;
  }

  @Override
  public Optional<AgentVersion> currentAgent(String lineageId) {
    return agentVersions(lineageId).stream().reduce((a, b) -> b);
  }
}
