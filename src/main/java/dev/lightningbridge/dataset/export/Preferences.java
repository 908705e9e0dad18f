package dev.lightningbridge.dataset.export;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.TextHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes preference pairs of the outputs of one session: first those that a person chose by a
 * comparison or a lock, then those whose scores are far enough apart, widest margin first. Of an
 * output that occurs several times under one score the newest counts. Left out are a pair that says
 * the opposite of one already made, one whose outputs are alike ({@link Taught}), and in an
 * increment the pairs that there were before.
 */
final class Preferences {
  private final PairRules rules;
  private final int minChosen;
  private final Set<Judged> judged = new HashSet<>();
  private final Map<Text, Scores> then = new HashMap<>();
  private final Map<InputKey, Integer> madeByInput = new HashMap<>();
  private final List<Pair> pairs = new ArrayList<>();
  private long contradictions;
  private long alike;

  /**
   * @param minChosen the least score of a chosen output
   */
  Preferences(PairRules rules, int minChosen) {
    this.rules = rules;
    this.minChosen = minChosen;
  }

  /**
   * An output that can be in a pair.
   *
   * @param place its order in time
   * @param score the current one, 1 to 10; 0 where it has none
   * @param scoreThen the one when the export before ended; 0 where it had none
   * @param eventId of the score
   */
  record Output(
      int place, Text text, int score, int scoreThen, String attemptId, @Nullable String eventId) {}

  /** What was said to which input. */
  record Text(InputKey input, TextHash output) {}

  /** A preference that a person gave by a comparison or a lock. */
  record Choice(Output winner, Output loser, String source, String eventId, boolean isNew) {}

  /** A pair, with the events that it rests on. */
  record Pair(Output chosen, Output rejected, String source, List<String> sourceEventIds) {}

  private record Judged(Text better, Text worse) {}

  /** The scores that a text had, in one or more attempts, as bits. */
  private record Scores(int bits) {
    static final Scores NONE = new Scores(0);

    Scores with(int score) {
      return new Scores(score == 0 ? bits : bits | 1 << score);
    }

    boolean has(int score) {
      return (bits & 1 << score) != 0;
    }

    int highest() {
      return bits == 0 ? 0 : Integer.numberOfTrailingZeros(Integer.highestOneBit(bits));
    }

    int lowest() {
      return bits == 0 ? Integer.MAX_VALUE : Integer.numberOfTrailingZeros(bits);
    }
  }

  List<Pair> pairs() {
    return pairs;
  }

  /** How many pairs were left out because they say the opposite of another or of the scores. */
  long contradictions() {
    return contradictions;
  }

  /** How many pairs were left out because their outputs are the same: one was scored both ways. */
  long alike() {
    return alike;
  }

  void addChoices(Collection<Choice> choices) {
    for (Choice choice : choices) {
      Output winner = choice.winner();
      Output loser = choice.loser();
      boolean sameInput = winner.text().input().equals(loser.text().input());
      if (winner.score() < minChosen || !(sameInput || rules.crossInput())) {
        continue;
      }
      if (winner.score() > 0 && winner.score() < loser.score()) {
        contradictions++;
      } else if (choice.isNew()) {
        make(winner, loser, choice.source(), choice.eventId());
      } else {
        judged.add(new Judged(winner.text(), loser.text()));
      }
    }
  }

  void addScores(Collection<Output> outputs) {
    Map<Object, List<Output>> groups = new LinkedHashMap<>();
    for (Output output : outputs) {
      then.put(output.text(), then(output).with(output.scoreThen()));
      if (output.score() > 0) {
        Object group = rules.crossInput() ? "the session" : output.text().input();
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(output);
      }
    }
    groups.values().forEach(this::addGroup);
  }

  private void addGroup(List<Output> outputs) {
    Map<Integer, Map<Text, Output>> byScore = new HashMap<>();
    outputs.stream()
        .sorted(Comparator.comparingInt(Output::place).reversed())
        .forEach(
            o ->
                byScore
                    .computeIfAbsent(o.score(), s -> new LinkedHashMap<>())
                    .putIfAbsent(o.text(), o));
    for (int margin = 9; margin >= rules.minMargin(); margin--) {
      for (int score = 10; score > margin && score >= minChosen; score--) {
        Map<Text, Output> better = byScore.getOrDefault(score, Map.of());
        Map<Text, Output> worse = byScore.getOrDefault(score - margin, Map.of());
        cross(new ArrayList<>(better.values()), List.copyOf(worse.values()));
      }
    }
  }

  /** Pairs each with each, along diagonals, so that a limit does not leave all but one out. */
  private void cross(List<Output> better, List<Output> worse) {
    List<Output> changed = worse.stream().filter(o -> !then(o).has(o.score())).toList();
    for (int diagonal = 0; diagonal < worse.size() && !better.isEmpty(); diagonal++) {
      for (int i = 0; i < better.size(); i++) {
        Output chosen = better.get(i);
        List<Output> against = then(chosen).has(chosen.score()) ? changed : worse;
        if (diagonal < against.size()) {
          make(chosen, against.get((i + diagonal) % against.size()), "scores", null);
        }
      }
      better.removeIf(o -> made(o) >= rules.maxPerInput());
    }
  }

  private void make(Output chosen, Output rejected, String source, @Nullable String choiceEvent) {
    if (chosen.text().output().equals(rejected.text().output())) {
      alike++;
      return;
    }
    if (made(chosen) >= rules.maxPerInput()
        || (choiceEvent == null && wasThere(chosen, rejected))) {
      return;
    }
    if (judged.contains(new Judged(rejected.text(), chosen.text()))) {
      contradictions++;
    } else if (judged.add(new Judged(chosen.text(), rejected.text()))) {
      madeByInput.merge(chosen.text().input(), 1, Integer::sum);
      List<String> events =
          Stream.of(choiceEvent, chosen.eventId(), rejected.eventId())
              .filter(e -> e != null)
              .map(String::valueOf)
              .toList();
      pairs.add(new Pair(chosen, rejected, source, events));
    }
  }

  private boolean wasThere(Output chosen, Output rejected) {
    int highest = then(chosen).highest();
    return highest >= minChosen && highest - rules.minMargin() >= then(rejected).lowest();
  }

  private Scores then(Output output) {
    return then.getOrDefault(output.text(), Scores.NONE);
  }

  private int made(Output chosen) {
    return madeByInput.getOrDefault(chosen.text().input(), 0);
  }
}
