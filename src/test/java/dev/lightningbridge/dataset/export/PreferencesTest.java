package dev.lightningbridge.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.TextHash;
import dev.lightningbridge.dataset.export.Preferences.Choice;
import dev.lightningbridge.dataset.export.Preferences.Output;
import dev.lightningbridge.dataset.export.Preferences.Pair;
import dev.lightningbridge.dataset.export.Preferences.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PreferencesTest {
  @Property
  void a_pair_shares_its_input_keeps_the_margin_and_differs_in_its_texts(
      @ForAll("outputs") List<Output> outputs, @ForAll @IntRange(min = 1, max = 9) int margin) {
    assertThat(pairs(outputs, new PairRules(margin, false, 1000)))
        .allSatisfy(
            pair -> {
              assertThat(pair.chosen().text().input()).isEqualTo(pair.rejected().text().input());
              assertThat(pair.chosen().score() - pair.rejected().score())
                  .isGreaterThanOrEqualTo(margin);
              assertThat(pair.chosen().text()).isNotEqualTo(pair.rejected().text());
              assertThat(pair.sourceEventIds())
                  .containsExactly(pair.chosen().eventId(), pair.rejected().eventId());
            });
  }

  @Property
  void every_two_texts_far_enough_apart_are_paired_unless_their_scores_contradict(
      @ForAll("outputs") List<Output> outputs) {
    Set<List<Text>> made = texts(pairs(outputs, new PairRules(3, false, 1000)));
    for (Output better : outputs) {
      for (Output worse : outputs) {
        if (better.text().input().equals(worse.text().input())
            && !better.text().equals(worse.text())
            && better.score() - worse.score() >= 3) {
          assertThat(
                  made.contains(List.of(better.text(), worse.text()))
                      || made.contains(List.of(worse.text(), better.text())))
              .isTrue();
        }
      }
    }
  }

  @Property
  void no_pair_is_there_twice_or_the_other_way_round(
      @ForAll("outputs") List<Output> outputs, @ForAll boolean crossInput) {
    List<Pair> pairs = pairs(outputs, new PairRules(2, crossInput, 1000));
    Set<List<Text>> seen = new HashSet<>();
    for (Pair pair : pairs) {
      assertThat(seen.add(List.of(pair.chosen().text(), pair.rejected().text()))).isTrue();
      assertThat(seen).doesNotContain(List.of(pair.rejected().text(), pair.chosen().text()));
    }
  }

  @Property
  void no_input_has_more_pairs_than_the_limit_and_the_widest_margins_are_kept(
      @ForAll("outputs") List<Output> outputs, @ForAll @IntRange(min = 1, max = 5) int limit) {
    List<Pair> all = pairs(outputs, new PairRules(3, false, 1000));
    List<Pair> limited = pairs(outputs, new PairRules(3, false, limit));
    Map<InputKey, Integer> counts = new HashMap<>();
    limited.forEach(p -> counts.merge(p.chosen().text().input(), 1, Integer::sum));
    assertThat(counts.values()).allMatch(n -> n <= limit);
    counts.forEach(
        (input, n) -> {
          List<Integer> margins = margins(all, input);
          assertThat(margins(limited, input)).isEqualTo(margins.subList(0, n));
          assertThat(n).isEqualTo(Math.min(limit, margins.size()));
        });
  }

  @Test
  void ten_thousand_good_and_bad_outputs_of_one_input_do_not_blow_up() {
    List<Output> outputs =
        IntStream.range(0, 20_000)
            .mapToObj(i -> output(i, "x", "text " + i, i % 2 == 0 ? 9 : 2, 0))
            .toList();
    List<Pair> pairs = pairs(outputs, new PairRules(3, false, 50));
    assertThat(pairs).hasSize(50);
    assertThat(pairs).extracting(p -> p.chosen().place()).doesNotHaveDuplicates();
    assertThat(pairs).extracting(p -> p.rejected().place()).doesNotHaveDuplicates();
  }

  @Test
  void of_a_text_that_occurs_twice_under_one_score_the_newest_counts() {
    assertThat(
            pairs(
                List.of(
                    output(0, "x", "good", 9, 0),
                    output(1, "x", "good", 9, 0),
                    output(2, "x", "bad", 2, 0)),
                PairRules.DEFAULT))
        .singleElement()
        .matches(p -> p.chosen().place() == 1);
  }

  @Test
  void outputs_of_other_inputs_are_paired_only_where_that_is_asked_for() {
    List<Output> outputs = List.of(output(0, "x", "good", 9, 0), output(1, "y", "bad", 2, 0));
    assertThat(pairs(outputs, PairRules.DEFAULT)).isEmpty();
    assertThat(pairs(outputs, new PairRules(3, true, 20))).hasSize(1);
  }

  @Test
  void a_lock_is_a_preference_whatever_the_margin_and_also_without_scores() {
    Output winner = output(0, "x", "one", 6, 0);
    Output loser = output(1, "x", "two", 5, 0);
    Output unscored = output(2, "x", "three", 0, 0);
    Preferences preferences = new Preferences(PairRules.DEFAULT, 0);
    preferences.addChoices(
        List.of(
            new Choice(winner, loser, "lock", "lock-1", true),
            new Choice(winner, unscored, "lock", "lock-2", true)));
    preferences.addScores(List.of(winner, loser, unscored));
    assertThat(preferences.pairs())
        .extracting(Pair::source, Pair::sourceEventIds)
        .containsExactly(
            tuple("lock", List.of("lock-1", "event-0", "event-1")),
            tuple("lock", List.of("lock-2", "event-0", "event-2")));
  }

  @Test
  void a_lock_that_the_scores_speak_against_is_no_preference() {
    Preferences preferences = new Preferences(PairRules.DEFAULT, 0);
    preferences.addChoices(
        List.of(
            new Choice(
                output(0, "x", "one", 3, 0), output(1, "x", "two", 8, 0), "lock", "lock-1", true)));
    assertThat(preferences.pairs()).isEmpty();
    assertThat(preferences.contradictions()).isEqualTo(1);
  }

  @Test
  void a_chosen_output_has_at_least_the_score_asked_for() {
    List<Output> outputs = List.of(output(0, "x", "ok", 6, 0), output(1, "x", "bad", 1, 0));
    Preferences preferences = new Preferences(PairRules.DEFAULT, 8);
    preferences.addScores(outputs);
    assertThat(preferences.pairs()).isEmpty();
  }

  @Provide
  Arbitrary<List<Output>> outputs() {
    return Combinators.combine(
            Arbitraries.of("x", "y"),
            Arbitraries.integers().between(1, 12),
            Arbitraries.integers().between(1, 10))
        .as((input, text, score) -> output(0, input, "text " + text, score, 0))
        .list()
        .ofMaxSize(30)
        .map(
            list ->
                IntStream.range(0, list.size())
                    .mapToObj(
                        i -> {
                          Output o = list.get(i);
                          return new Output(i, o.text(), o.score(), 0, "a" + i, "event-" + i);
                        })
                    .toList());
  }

  private static Output output(int place, String input, String text, int score, int then) {
    return new Output(
        place,
        new Text(InputKey.of(input), TextHash.of(text)),
        score,
        then,
        "a" + place,
        "event-" + place);
  }

  private static List<Pair> pairs(List<Output> outputs, PairRules rules) {
    Preferences preferences = new Preferences(rules, 0);
    preferences.addScores(outputs);
    return preferences.pairs();
  }

  private static Set<List<Text>> texts(List<Pair> pairs) {
    Set<List<Text>> texts = new HashSet<>();
    pairs.forEach(p -> texts.add(List.of(p.chosen().text(), p.rejected().text())));
    return texts;
  }

  private static List<Integer> margins(List<Pair> pairs, InputKey input) {
    return pairs.stream()
        .filter(p -> p.chosen().text().input().equals(input))
        .map(p -> p.chosen().score() - p.rejected().score())
        .toList();
  }
}
