package dev.lightningbridge.runs;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.Equipment;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.runs.request.RunError;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agent that a run optimises: the newest version of the lineage named, or of the session's
 * lineage with the best mean current score.
 *
 * @param why the choice in words, for the user
 */
public record LineageChoice(Session session, Lineage lineage, AgentVersion baseline, String why) {
  /**
   * Chooses.
   *
   * @throws BridgeException where there is no such session or lineage, or none can be optimised
   */
  public static LineageChoice of(
      Corpus corpus, @Nullable String sessionId, @Nullable String lineageId, Allowed allowed) {
    return lineageId != null
        ? named(corpus, sessionId, lineageId, allowed)
        : best(corpus, sessionOf(corpus, sessionId), allowed);
  }

  /**
   * Which lineages may be chosen beside the usual ones.
   *
   * @param locked of a session also those that a person locked; one that was named always may be
   * @param asPlainPrompt also those whose agent has tools or a flow, which a run leaves out
   */
  public record Allowed(boolean locked, boolean asPlainPrompt) {
    private boolean allows(AgentVersion agent) {
      return asPlainPrompt || Equipment.of(agent).isNone();
    }
  }

  /**
   * The session of this id.
   *
   * @throws BridgeException where there is none
   */
  public static Session requireSession(Corpus corpus, String sessionId) {
    return sessionOf(corpus, sessionId);
  }

  /**
   * Looks whether there are the sessions that are to be pooled.
   *
   * @param asked as {@link Pool#of} takes it
   * @throws BridgeException where there is no such session
   */
  public static void requirePool(Corpus corpus, List<String> asked) {
    asked.stream().filter(id -> !id.equals(Pool.SAME_NEED)).forEach(id -> sessionOf(corpus, id));
  }

  private static LineageChoice named(
      Corpus corpus, @Nullable String sessionId, String lineageId, Allowed allowed) {
    Lineage lineage =
        corpus
            .lineage(lineageId)
            .filter(l -> sessionId == null || l.sessionId().equals(sessionId))
            .orElseThrow(
                () ->
                    new BridgeException(
                        RunError.NO_SUCH_LINEAGE,
                        "the database has no such lineage"
                            + (sessionId == null ? "" : " in session " + sessionId),
                        lineageId,
                        "`inspect` lists the lineages with their ids."));
    AgentVersion baseline = baseline(corpus, lineage);
    if (!allowed.allows(baseline)) {
      throw equipped(lineage, baseline);
    }
    return new LineageChoice(
        sessionOf(corpus, lineage.sessionId()),
        lineage,
        baseline,
        "lineage %s, as asked for".formatted(lineage.label()));
  }

  private static LineageChoice best(Corpus corpus, Session session, Allowed allowed) {
    List<Lineage> open =
        corpus.lineages().stream()
            .filter(l -> l.sessionId().equals(session.id()))
            .filter(l -> allowed.locked() || !l.locked())
            .filter(l -> corpus.currentAgent(l.id()).isPresent())
            .toList();
    if (open.isEmpty()) {
      throw new BridgeException(
          RunError.NOTHING_TO_OPTIMIZE,
          "the session has no lineage with an agent that is not locked",
          session.id(),
          "Name a locked one with --lineage to optimise it all the same.");
    }
    Map<String, Double> means = meanScores(corpus, session.id());
    List<Lineage> bestFirst =
        open.stream()
            .sorted(
                Comparator.comparingDouble((Lineage l) -> -means.getOrDefault(l.id(), 0.0))
                    .thenComparing(Lineage::label))
            .toList();
    Lineage first = bestFirst.getFirst();
    Lineage best =
        bestFirst.stream()
            .filter(l -> allowed.allows(baseline(corpus, l)))
            .findFirst()
            .orElseThrow(() -> equipped(first, baseline(corpus, first)));
    Double mean = means.get(best.id());
    String why =
        mean == null
            ? "lineage %s; none of the session has scores".formatted(best.label())
            : "lineage %s, the best of the session%s (mean score %s)"
                .formatted(
                    best.label(),
                    best.equals(first) ? "" : " without tools or a flow",
                    Figures.decimal(mean));
    return new LineageChoice(
        session,
        best,
        baseline(corpus, best),
        best.equals(first)
            ? why
            : why
                + "; lineage %s was left alone, it has %s"
                    .formatted(first.label(), Equipment.of(baseline(corpus, first)).inWords()));
  }

  private static BridgeException equipped(Lineage lineage, AgentVersion agent) {
    return new BridgeException(
        RunError.AGENT_EQUIPPED,
        ("lineage %s has %s: the run would leave them out and measure the system prompt alone, as"
                + " plain chat")
            .formatted(lineage.label(), Equipment.of(agent).inWords()),
        lineage.id(),
        "Give --as-plain-prompt to optimise the prompt all the same, or choose another lineage.");
  }

  private static Map<String, Double> meanScores(Corpus corpus, String sessionId) {
    try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
      return attempts
          .filter(a -> a.kind() == AttemptKind.SCORED)
          .collect(
              Collectors.groupingBy(
                  Attempt::lineageId, HashMap::new, Collectors.averagingInt(LineageChoice::score)));
    }
  }

  private static int score(Attempt attempt) {
    var score = attempt.score();
    return score == null ? 0 : score.value();
  }

  private static AgentVersion baseline(Corpus corpus, Lineage lineage) {
    return corpus
        .currentAgent(lineage.id())
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.NOTHING_TO_OPTIMIZE,
                    "the lineage has no agent version",
                    lineage.id(),
                    "Choose another one; `inspect` says which can be optimised."));
  }

  private static Session sessionOf(Corpus corpus, @Nullable String sessionId) {
    if (sessionId == null) {
      throw new BridgeException(
          RunError.NO_SUCH_SESSION,
          "it was not said what to optimise",
          "--session, --lineage",
          "Name a session or a lineage; `inspect` lists them.");
    }
    return corpus
        .session(sessionId)
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.NO_SUCH_SESSION,
                    "the database has no such session",
                    sessionId,
                    "`inspect` lists the sessions with their ids."));
  }
}
