package dev.lightningbridge.runs.judging;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Preference;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.TextHash;
import dev.lightningbridge.dataset.split.TaskClusters;
import dev.lightningbridge.dataset.split.Wording;
import dev.lightningbridge.grading.calibration.ChosenPair;
import dev.lightningbridge.grading.calibration.ScoredOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chooses the pairs of outputs that a judge must order as people did: one of each task, near
 * duplicates being one task, a comparison before a lock and a lock before scores, and of several
 * one that the ids decide, so that no seed can draw better ones. Left out are pairs over two
 * inputs, pairs that other choices or the scores speak against, and whatever is of a sealed task.
 */
final class ChoicePairs {
  /** So far apart are scores that make a pair, as in the export of pairs. */
  private static final int LEAST_MARGIN = 3;

  private final SealedTasks sealed;
  private final Set<Texts> chosen = new HashSet<>();
  private final List<ChosenPair> found = new ArrayList<>();

  private record Texts(InputKey input, String better, String worse) {}

  private ChoicePairs(SealedTasks sealed) {
    this.sealed = sealed;
  }

  /**
   * Chooses.
   *
   * @param sessions whose comparisons and locks count
   * @param scored outputs whose scores make pairs too; none where the scores are judged themselves
   * @param shown what the judge is shown: it is in no pair, not even as a copy
   * @param most at most so many
   */
  static List<ChosenPair> of(
      Corpus corpus,
      List<String> sessions,
      List<ScoredOutput> scored,
      List<ScoredOutput> shown,
      SealedTasks sealed,
      int most) {
    ChoicePairs pairs = new ChoicePairs(sealed);
    pairs.addPreferences(corpus, sessions);
    pairs.addScores(scored);
    Set<String> shownTexts = new HashSet<>();
    shown.forEach(output -> shownTexts.add(texts(output)));
    return pairs.onePerTask(shownTexts, most);
  }

  private void addPreferences(Corpus corpus, List<String> sessions) {
    List<Preference> preferences =
        corpus.preferences().stream().filter(p -> sessions.contains(p.sessionId())).toList();
    if (preferences.isEmpty()) {
      return;
    }
    Set<String> wanted = Preference.artifactIds(preferences);
    Map<String, ScoredOutput> outputs = outputs(corpus, sessions, wanted);
    for (Preference preference : preferences) {
      ScoredOutput winner = outputs.get(preference.winnerArtifactId());
      if (winner != null) {
        preference.loserArtifactIds().stream()
            .map(outputs::get)
            .filter(Objects::nonNull)
            .forEach(loser -> add(source(preference), winner, loser));
      }
    }
  }

  private static Map<String, ScoredOutput> outputs(
      Corpus corpus, List<String> sessions, Set<String> wanted) {
    Map<String, ScoredOutput> outputs = new HashMap<>();
    for (String session : sessions) {
      try (Stream<Attempt> attempts = corpus.attempts(session)) {
        attempts
            .filter(attempt -> attempt.artifactId() != null && isOutput(attempt))
            .filter(attempt -> wanted.contains(attempt.artifactId()))
            .forEach(attempt -> outputs.put(attempt.artifactId(), output(attempt)));
      }
    }
    return outputs;
  }

  private static boolean isOutput(Attempt attempt) {
    return (attempt.kind() == AttemptKind.SCORED || attempt.kind() == AttemptKind.UNSCORED)
        && !attempt.input().isBlank()
        && attempt.output() != null
        && !attempt.output().isBlank();
  }

  private static ScoredOutput output(Attempt attempt) {
    return new ScoredOutput(
        String.valueOf(attempt.artifactId()),
        attempt.lineageId(),
        attempt.input(),
        String.valueOf(attempt.output()),
        attempt.score() == null ? 0 : attempt.score().value(),
        null);
  }

  private static ChosenPair.Source source(Preference preference) {
    return preference.source() == Preference.Source.COMPARISON
        ? ChosenPair.Source.COMPARISON
        : ChosenPair.Source.LOCK;
  }

  private void addScores(List<ScoredOutput> scored) {
    Map<InputKey, List<ScoredOutput>> byInput = new HashMap<>();
    scored.forEach(
        o -> byInput.computeIfAbsent(InputKey.of(o.input()), k -> new ArrayList<>()).add(o));
    for (List<ScoredOutput> outputs : byInput.values()) {
      for (ScoredOutput better : outputs) {
        outputs.stream()
            .filter(worse -> better.score() - worse.score() >= LEAST_MARGIN)
            .forEach(worse -> add(ChosenPair.Source.SCORES, better, worse));
      }
    }
  }

  private void add(ChosenPair.Source source, ScoredOutput better, ScoredOutput worse) {
    InputKey input = InputKey.of(better.input());
    boolean scoredOtherwise = better.score() > 0 && better.score() < worse.score();
    Texts texts = texts(input, better, worse);
    if (input.equals(InputKey.of(worse.input()))
        && !texts.better().equals(texts.worse())
        && !scoredOtherwise) {
      chosen.add(texts);
      found.add(new ChosenPair(source, better, worse));
    }
  }

  private static Texts texts(InputKey input, ScoredOutput better, ScoredOutput worse) {
    return new Texts(
        input, InputKey.normalised(better.output()), InputKey.normalised(worse.output()));
  }

  private List<ChosenPair> onePerTask(Set<String> shown, int most) {
    List<ChosenPair> sound =
        found.stream()
            .filter(pair -> !isContradicted(pair))
            .filter(pair -> pair.outputs().noneMatch(output -> shown.contains(texts(output))))
            .toList();
    Map<InputKey, Integer> tasks = tasks(sound);
    Set<Integer> taken = new HashSet<>();
    return sound.stream()
        .sorted(Comparator.comparing(ChosenPair::source).thenComparing(ChoicePairs::lot))
        .filter(pair -> tasks.containsKey(input(pair)) && taken.add(tasks.get(input(pair))))
        .limit(most)
        .toList();
  }

  /** The number of each input's task; none of what is a sealed one. */
  private Map<InputKey, Integer> tasks(List<ChosenPair> pairs) {
    Map<InputKey, String> inputs = new LinkedHashMap<>();
    sealed.texts().forEach(text -> inputs.put(InputKey.of(text), text));
    pairs.forEach(pair -> inputs.put(input(pair), pair.chosen().input()));
    List<Wording> wordings = new ArrayList<>();
    inputs.forEach((key, text) -> wordings.add(Wording.captured(key, text, null)));
    Map<InputKey, Integer> tasks = new HashMap<>();
    int number = 0;
    for (List<Wording> task : TaskClusters.of(wordings)) {
      if (task.stream().noneMatch(wording -> sealed.has(wording.key()))) {
        int of = number++;
        task.forEach(wording -> tasks.put(wording.key(), of));
      }
    }
    return tasks;
  }

  private boolean isContradicted(ChosenPair pair) {
    return chosen.contains(texts(input(pair), pair.rejected(), pair.chosen()));
  }

  private static InputKey input(ChosenPair pair) {
    return InputKey.of(pair.chosen().input());
  }

  private static String texts(ScoredOutput output) {
    return InputKey.normalised(output.input()) + '\n' + InputKey.normalised(output.output());
  }

  private static String lot(ChosenPair pair) {
    return TextHash.of(pair.chosen().id(), pair.rejected().id()).hex();
  }
}
