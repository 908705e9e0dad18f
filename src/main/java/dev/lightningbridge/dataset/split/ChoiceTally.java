package dev.lightningbridge.dataset.split;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Preference;
import dev.lightningbridge.dataset.InputKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Counts people's choices by the lineage that was preferred. */
public final class ChoiceTally {
  private final List<Preference> preferences;
  private final Set<String> wanted;
  private final Map<String, InputKey> inputs = new HashMap<>();
  private final Map<String, List<Preference>> byLineage = new HashMap<>();
  private final Map<Asked, String> winners = new HashMap<>();

  private record Asked(String sessionId, InputKey input) {}

  private ChoiceTally(List<Preference> preferences) {
    this.preferences = preferences;
    this.wanted = Preference.artifactIds(preferences);
  }

  /** Of all choices; the attempts are still to be added. */
  static ChoiceTally of(Corpus corpus) {
    return new ChoiceTally(corpus.preferences());
  }

  /** On how many inputs people of these sessions preferred one output to another. */
  public static int inputs(Corpus corpus, List<String> sessions) {
    ChoiceTally tally =
        new ChoiceTally(
            corpus.preferences().stream().filter(p -> sessions.contains(p.sessionId())).toList());
    if (tally.preferences.isEmpty()) {
      return 0;
    }
    for (String session : sessions) {
      try (Stream<Attempt> attempts = corpus.attempts(session)) {
        attempts.forEach(tally::add);
      }
    }
    return (int) tally.winners().keySet().stream().map(Asked::input).distinct().count();
  }

  void add(Attempt attempt) {
    String artifact = attempt.artifactId();
    if (artifact != null && wanted.contains(artifact) && !attempt.input().isBlank()) {
      inputs.put(artifact, InputKey.of(attempt.input()));
    }
  }

  /** Those that the lineage won; all attempts were added. */
  ChoiceCounts of(String lineageId) {
    List<Preference> won =
        byLineage.computeIfAbsent(
            lineageId, id -> preferences.stream().filter(p -> p.lineageId().equals(id)).toList());
    if (won.isEmpty()) {
      return ChoiceCounts.NONE;
    }
    int locks = (int) won.stream().filter(p -> p.source() == Preference.Source.LOCK).count();
    long inputs = winners().values().stream().filter(lineageId::equals).count();
    return new ChoiceCounts(won.size() - locks, locks, (int) inputs);
  }

  /** One lineage for each input, though others may have won it too. */
  private Map<Asked, String> winners() {
    if (winners.isEmpty()) {
      for (Preference preference : preferences) {
        InputKey input = inputs.get(preference.winnerArtifactId());
        if (input != null
            && preference.loserArtifactIds().stream()
                .anyMatch(loser -> input.equals(inputs.get(loser)))) {
          winners.put(new Asked(preference.sessionId(), input), preference.lineageId());
        }
      }
    }
    return winners;
  }
}
