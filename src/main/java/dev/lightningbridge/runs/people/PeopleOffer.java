package dev.lightningbridge.runs.people;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.verdict.PeopleWords;
import dev.lightningbridge.optimize.verdict.SignFlips;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.judging.JudgeFigures;
import dev.lightningbridge.runs.request.OptimizeRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whether people may decide a run that has ended.
 *
 * @param pairs that there would be at most
 * @param beforehand what so many pairs can show
 * @param whyNot null where they may; else it ends a sentence
 */
public record PeopleOffer(int pairs, String beforehand, @Nullable String whyNot) {
  static PeopleOffer none(String whyNot) {
    return new PeopleOffer(0, "", whyNot);
  }

  static PeopleOffer of(StoredRun run, TestedOutputs outputs, double level) {
    int pairs = Math.min(PeopleTests.MOST, outputs.different().size());
    return new PeopleOffer(
        pairs, PeopleWords.beforehand(pairs, level), whyNot(run, outputs, level));
  }

  private static @Nullable String whyNot(StoredRun run, TestedOutputs outputs, double level) {
    String json = run.resultJson();
    RunResult result = json == null ? null : Json.read(json, RunResult.class);
    if (run.state() != RunState.HELD || result == null || result.model() != null) {
      return "no prompt of it is held";
    }
    JudgeFigures judge = result.judge();
    boolean untrusted = judge != null && !judge.trusted() && !judge.accepted();
    if (!untrusted && !Json.read(run.requestJson(), OptimizeRequest.class).decidedByPeople()) {
      return "its own grader decided";
    }
    if (result.test() == null || outputs.all().size() < result.tasks().test()) {
      return "its sealed test was not carried out to the end";
    }
    int different = outputs.different().size();
    int needed = SignFlips.fewestTasks(level);
    return different < needed
        ? "its prompts gave different outputs on %d tasks only, and %d are needed"
            .formatted(different, needed)
        : null;
  }
}
