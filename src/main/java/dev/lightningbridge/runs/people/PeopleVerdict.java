package dev.lightningbridge.runs.people;

import dev.lightningbridge.optimize.verdict.PeopleChoices;
import dev.lightningbridge.optimize.verdict.PeopleWithJudge;
import dev.lightningbridge.optimize.verdict.PeopleWords;
import dev.lightningbridge.optimize.verdict.TestResult;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.TaskEvidence;
import dev.lightningbridge.runs.people.PeopleStore.StoredPair;
import dev.lightningbridge.runs.people.PeopleStore.StoredTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people's choices in a test come to. */
final class PeopleVerdict {
  private PeopleVerdict() {}

  /**
   * The verdict.
   *
   * @param pairs all of them have a choice
   * @param graded what the search's own grader measured; null where it measured nothing
   */
  static Verdict of(
      StoredTest test,
      List<StoredPair> pairs,
      TestedOutputs outputs,
      long seed,
      @Nullable TestResult graded) {
    int better = (int) pairs.stream().filter(pair -> pair.forTheNew() > 0).count();
    int worse = (int) pairs.stream().filter(pair -> pair.forTheNew() < 0).count();
    return PeopleWords.verdict(
        PeopleChoices.of(better, worse, pairs.size() - better - worse, test.level()),
        test.same(),
        test.withJudge() ? withJudge(test, pairs, outputs, seed) : null,
        graded);
  }

  /** People's choices first, then the other tasks, of which the judge alone says anything. */
  private static PeopleWithJudge withJudge(
      StoredTest test, List<StoredPair> pairs, TestedOutputs outputs, long seed) {
    List<Double> judged = new ArrayList<>();
    Set<String> compared = new HashSet<>();
    for (StoredPair pair : pairs) {
      compared.add(pair.taskId());
      judged.add(difference(outputs.task(pair.taskId())));
    }
    outputs.different().stream()
        .filter(task -> !compared.contains(task.taskId()))
        .forEach(task -> judged.add(difference(task)));
    return PeopleWithJudge.of(
        pairs.stream().mapToDouble(StoredPair::forTheNew).toArray(),
        judged.stream().mapToDouble(Double::doubleValue).toArray(),
        test.level(),
        seed);
  }

  private static double difference(TaskEvidence task) {
    Double difference = task.difference();
    return difference == null ? 0 : difference;
  }
}
