package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A search that spends rollouts only where a decision needs them. Each round, a few revisions of
 * the best prompt so far challenge it on tasks in random order; after each block of tasks, those
 * that fall behind and the weaker half leave; who is clearly ahead is the new best.
 *
 * <p>Training and validation tasks are one pool, and a prompt is run on a task once. Critics see
 * tasks that the prompt is known to fail on. Some revisions start from an earlier good prompt that
 * is the best on some task (as in GEPA, Agrawal et al. 2025). One to three challengers more cost no
 * critique: the best prompt with known parts taken out and put in ({@link PartWorth}). The stepwise
 * elimination is that of races and successive halving (Maron and Moore 1994, Jamieson and Talwalkar
 * 2016).
 */
final class Championship {
  /** So many standard errors ahead is more than chance. */
  private static final double CLEARLY = 2;

  /** After so many rounds in which nothing was left to ask, the search is over. */
  private static final int IDLE_ROUNDS = 3;

  /** After so many rounds a round has one recombination more: they cost no letter. */
  private static final int ONE_MORE_AFTER = 10;

  private static final int MOST_RECOMBINED = 3;

  private final RacingSettings settings;
  private final Workbench bench;
  private final Choices choices;
  private final List<Task> tasks;
  private final PartWorth parts;
  private final Attempts attempts;
  private final Practice practice;
  private final Race race;
  private final Set<String> tried = new HashSet<>();
  private final List<Candidate> kept = new ArrayList<>();
  private final Finals finals;
  private final DemonstrationSets sets;
  private Candidate best;
  private int round;

  Championship(RacingSettings settings, OptimizationJob job, Workbench bench, Choices choices) {
    this.settings = settings;
    this.bench = bench;
    this.choices = choices;
    tasks =
        choices.shuffled(Stream.concat(job.train().stream(), job.validation().stream()).toList());
    sets = new DemonstrationSets(bench.demonstrations(), job.seedPrompt());
    parts = new PartWorth(tasks, bench.rollouts(), bench.guard(), sets::isOne);
    attempts = new Attempts(tasks, bench.rollouts());
    best = bench.seed();
    practice = new Practice(settings, job, bench, choices, tasks, attempts);
    race = new Race(settings, bench, tasks, choices);
    finals = new Finals(bench, tasks);
  }

  void run() throws SearchStopped {
    try {
      rounds();
    } catch (SearchStopped e) {
      if (e.reason() != StopReason.FINISHED) {
        throw e;
      }
    }
    bench.calls().keepBack(0);
    finals.winner(best, round).ifPresent(w -> crown(w.candidate(), w.score(), round));
  }

  private void rounds() throws SearchStopped {
    List<Task> first = tasks.subList(0, Math.min(settings.fewest(), tasks.size()));
    Evaluation seed = bench.compare(List.of(best), first, 0).getFirst();
    tried.add(best.prompt());
    parts.learnFrom(best);
    crown(best, seed.mean(), 0);
    boolean learns = learnsFromExamples(first);
    int idle = 0;
    for (round = 1; bench.calls().left() > 0 && idle < IDLE_ROUNDS; round++) {
      long made = bench.calls().made();
      bench.calls().keepBack(finals.calls(best));
      List<Candidate> challengers = challengers(round);
      if (learns && Integer.bitCount(round) == 1) {
        add(sets.redrawn(best.prompt(), choices), best, round, null, challengers);
      }
      if (!challengers.isEmpty()) {
        Race.End end = race.of(best, challengers, round);
        end.last().forEach(finals::mayStand);
        end.winner().ifPresent(w -> crown(w.candidate(), w.score(), round));
      }
      idle = bench.calls().made() > made ? 0 : idle + 1;
      int expected = (int) Math.ceil(round / (1 - bench.left()));
      bench.roundFinished(round, Math.max(round, expected), kept.reversed());
    }
  }

  /**
   * Whether the start does better with a set of examples by more than chance: else they would cost
   * calls in every round.
   */
  private boolean learnsFromExamples(List<Task> first) throws SearchStopped {
    List<Candidate> one = new ArrayList<>();
    if (!sets.isEmpty()) {
      add(sets.redrawn(best.prompt(), choices), best, 0, null, one);
    }
    for (Evaluation shown : bench.compare(one, first, 0)) {
      Lead lead = Lead.of(shown.candidate(), best, tasks, bench.rollouts());
      if (lead.mean() > CLEARLY * lead.error()) {
        crown(shown.candidate(), shown.mean(), 0);
        return true;
      }
    }
    return false;
  }

  private void crown(Candidate candidate, double score, int round) {
    best = candidate;
    finals.mayStand(candidate);
    kept.remove(candidate);
    kept.add(candidate);
    if (kept.size() > settings.kept()) {
      kept.removeFirst();
    }
    bench.best(candidate, score, round);
  }

  private List<Candidate> challengers(int round) throws SearchStopped {
    List<Candidate> challengers = new ArrayList<>();
    revise(round, challengers);
    int recombined = round == 1 ? 0 : Math.min(MOST_RECOMBINED, 1 + round / ONE_MORE_AFTER);
    for (int i = 0; i < recombined; i++) {
      add(parts.recombined(best, choices), best, round, null, challengers);
    }
    return challengers;
  }

  private void revise(int round, List<Candidate> challengers) throws SearchStopped {
    List<Reviser.Order> orders = practice.orders(best, kept, round);
    List<Reviser.Critique> critiques =
        bench.reviser().critiques(orders, choices, round).stream()
            .filter(c -> !c.text().isEmpty())
            .toList();
    for (Reviser.Revision revision : bench.reviser().revisions(critiques, choices)) {
      Candidate parent = revision.critique().candidate();
      add(revision.prompt(), parent, round, revision.critique().text(), challengers);
    }
  }

  private void add(
      String prompt,
      Candidate parent,
      int round,
      @Nullable String critique,
      List<Candidate> challengers) {
    if (tried.contains(prompt)) {
      return;
    }
    Optional<String> admitted = bench.admitted(prompt, parent, round);
    tried.add(prompt);
    if (admitted.isPresent() && (admitted.get().equals(prompt) || tried.add(admitted.get()))) {
      Candidate child = bench.candidate(admitted.get(), parent, round, critique);
      parts.learnFrom(child);
      attempts.add(parent, child, critique);
      challengers.add(child);
    }
  }
}
