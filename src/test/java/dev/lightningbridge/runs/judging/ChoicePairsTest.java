package dev.lightningbridge.runs.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.split.Seal;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.grading.Rubric;
import dev.lightningbridge.grading.calibration.ChosenPair;
import dev.lightningbridge.grading.calibration.ScoredOutput;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoicePairsTest {
  private static final List<String> WORDS =
      List.of("invoice", "printer", "holiday", "password", "parcel", "cactus", "violin");

  @TempDir Path folder;
  private CampFixture camp;
  private String session;
  private String lineage;
  private String agent;
  private String otherAgent;
  private int cycle;

  @BeforeEach
  void twoLineages() {
    camp = CampFixture.create(folder.resolve("camp.db"), 9);
    session = camp.session("Tickets", "Sort tickets", null);
    lineage = camp.lineage(session, "A");
    agent = camp.agent(lineage, "Be brief.");
    otherAgent = camp.agent(camp.lineage(session, "B"), "Be long.");
  }

  @AfterEach
  void close() {
    camp.close();
  }

  private String output(String input, String text) {
    return camp.run(agent, ++cycle, input, text).artifactId();
  }

  private <T> T read(Function<Corpus, T> reader) {
    try (CampDatabase database = CampDatabase.open(camp.file(), CampDatabase.Options.DEFAULT)) {
      return reader.apply(database.corpus());
    }
  }

  private List<ChosenPair> pairs(SealedTasks sealed) {
    return read(
        corpus ->
            ChoicePairs.of(
                corpus,
                List.of(session),
                HumanScores.of(corpus, List.of(session), 100, 0).chosen(),
                List.of(),
                sealed,
                50));
  }

  private List<ChosenPair> pairs() {
    return pairs(SealedTasks.NONE);
  }

  @Test
  void comparisons_locks_and_scores_far_apart_are_pairs_and_each_task_counts_once() {
    String a = output("About the invoice", "a");
    String b = output("About the invoice", "b");
    String c = output("About the invoice", "c");
    camp.compare(a, List.of(b, c), "It is shorter");
    camp.compare(b, List.of(c), null);
    camp.score(output("A new printer", "good"), 9, null);
    camp.score(output("A new printer", "bad"), 2, null);
    camp.score(output("A new printer", "so so"), 7, null);
    camp.run(agent, 90, "On holiday", "kept");
    camp.run(otherAgent, 90, "On holiday", "not kept");
    camp.lock(lineage, List.of(lineageOf(otherAgent)));

    assertThat(pairs())
        .extracting(ChosenPair::source, pair -> pair.chosen().input())
        .containsExactly(
            tuple(ChosenPair.Source.COMPARISON, "About the invoice"),
            tuple(ChosenPair.Source.LOCK, "On holiday"),
            tuple(ChosenPair.Source.SCORES, "A new printer"));
  }

  private String lineageOf(String agentId) {
    return camp.row("SELECT lineage_id FROM agent_definitions WHERE id = ?", agentId).getFirst();
  }

  @Test
  void near_duplicates_are_one_task() {
    for (String end : List.of("today please", "today  PLEASE", "today please!")) {
      camp.compare(
          output("Where is my parcel number one " + end, "good " + end),
          List.of(output("Where is my parcel number one " + end, "bad " + end)),
          null);
    }

    assertThat(pairs()).hasSize(1);
  }

  @Test
  void choices_that_contradict_each_other_or_the_scores_and_pairs_over_two_inputs_are_left_out() {
    String a = output("About the invoice", "a");
    String b = output("About the invoice", "b");
    camp.compare(a, List.of(b), null);
    camp.compare(b, List.of(a), "Now I see");
    String high = output("A new printer", "high");
    String low = output("A new printer", "low");
    camp.score(high, 8, null);
    camp.score(low, 6, null);
    camp.compare(low, List.of(high), null);
    camp.compare(output("On holiday", "x"), List.of(output("My password", "y")), null);
    camp.compare(output("A cactus", "same "), List.of(output("A cactus", "Same")), null);

    assertThat(pairs()).isEmpty();
  }

  @Test
  void what_was_chosen_on_a_sealed_task_or_a_near_duplicate_of_one_tests_no_judge() {
    for (String word : WORDS) {
      String input = "Please help me soon with my %s at home".formatted(word);
      camp.compare(output(input, "good"), List.of(output(input, "bad")), null);
    }
    Task sealed = task("Hello, please help me soon with my violin at home. Thanks!");
    Split split = new Split(List.of(), List.of(), List.of(sealed));
    Seal before =
        new Seal(
            session,
            0,
            Set.of(InputKey.of("please help me soon with my CACTUS at home")),
            Set.of(InputKey.of("Please help me soon with my parcel at home")));

    assertThat(inputs(pairs())).hasSize(WORDS.size());
    assertThat(inputs(pairs(SealedTasks.of(split, before))))
        .hasSize(WORDS.size() - 3)
        .noneMatch(input -> input.matches(".*(violin|cactus|parcel).*"));
    assertThat(inputs(pairs(SealedTasks.of(id -> before, List.of(session)))))
        .hasSize(WORDS.size() - 2);
  }

  private static Task task(String input) {
    return new Task(input, input, null, List.of(), null, TaskSource.CAPTURED);
  }

  private static List<String> inputs(List<ChosenPair> pairs) {
    return pairs.stream().map(pair -> pair.chosen().input()).toList();
  }

  @Test
  void what_the_judge_is_shown_is_in_no_pair_not_even_as_a_copy() {
    camp.compare(output("On holiday", "x"), List.of(output("On holiday", "y")), null);
    ScoredOutput copy = new ScoredOutput("another", "A", "on  holiday", "Y", 5, null);

    List<ChosenPair> pairs =
        read(
            corpus ->
                ChoicePairs.of(
                    corpus, List.of(session), List.of(), List.of(copy), SealedTasks.NONE, 50));

    assertThat(pairs).isEmpty();
  }

  @Test
  void scores_make_pairs_only_where_they_are_too_few_and_old_fingerprints_stay() {
    IntStream.range(0, 30)
        .forEach(i -> camp.score(output("Input " + i / 2, "text " + i), 1 + i % 2 * 8, null));
    Rubric rubric = new Rubric("Sort", null, List.of(), List.of());

    JudgeMaterial enough =
        read(c -> JudgeMaterial.of(c, List.of(session), rubric, SealedTasks.NONE, 100, 1));
    JudgeMaterial few =
        read(c -> JudgeMaterial.of(c, List.of(session), rubric, SealedTasks.NONE, 12, 1));

    assertThat(enough.pairs()).isEmpty();
    assertThat(few.pairs()).isNotEmpty().allMatch(p -> p.source() == ChosenPair.Source.SCORES);
    assertThat(new JudgeMaterial(rubric, enough.scored(), null, 100, 30, 1)).isEqualTo(enough);
  }
}
