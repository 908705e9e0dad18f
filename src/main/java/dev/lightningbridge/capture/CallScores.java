package dev.lightningbridge.capture;

import dev.lightningbridge.camp.writing.CaptureReader;
import dev.lightningbridge.capture.recording.CapturedAgent;
import dev.lightningbridge.capture.recording.ToldScore;
import dev.lightningbridge.capture.recording.Unrecorded;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.GivenScore;
import dev.lightningbridge.corpus.ScoreWritten;
import dev.lightningbridge.runs.people.Scoring;
import dev.lightningbridge.workshop.Workshop;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes scores of captured calls, also of those that wait to be written still. */
@ApplicationScoped
class CallScores {
  private static final System.Logger LOG = System.getLogger(CallScores.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final CapturedAgents agents;
  private final Scoring scoring;
  private final ReentrantLock one = new ReentrantLock();

  CallScores(CapturedAgents agents, Workshop workshop) {
    this.agents = agents;
    this.scoring = workshop.scoring();
  }

  /**
   * Writes a score; empty where none of the agents has the call.
   *
   * @param search gives the artifact of the call
   */
  Optional<ScoreWritten> write(
      List<CapturedAgent> among,
      Function<CaptureReader, Optional<String>> search,
      int score,
      @Nullable String comment) {
    return find(among, search)
        .or(
            () -> {
              // What is scored at once may wait to be written still.
              agents.recorder().settle(PATIENCE);
              return find(among, search);
            })
        .map(
            found ->
                scoring.score(
                    agents.database(found.agent()),
                    new GivenScore(found.artifact(), score, comment)));
  }

  /** Writes what spans and logs say, one after the other, and counts what cannot be. */
  void write(CapturedAgent agent, List<ToldScore> scores) {
    one.lock();
    try {
      for (ToldScore score : scores) {
        Optional<ScoreWritten> written =
            write(List.of(agent), score::artifact, score.score(), score.comment());
        if (written.isEmpty()) {
          agents.tally(agent).count(Unrecorded.SCORE_ALONE);
        }
      }
    } catch (BridgeException e) {
      LOG.log(System.Logger.Level.ERROR, "{0}: scores not written: {1}", agent.name(), e);
      agents.tally(agent).count(Unrecorded.NOT_WRITTEN);
    } finally {
      one.unlock();
    }
  }

  private record Found(CapturedAgent agent, String artifact) {}

  private Optional<Found> find(
      List<CapturedAgent> among, Function<CaptureReader, Optional<String>> search) {
    return among.stream()
        .flatMap(
            agent ->
                search.apply(agents.reader(agent)).map(found -> new Found(agent, found)).stream())
        .findFirst();
  }
}
