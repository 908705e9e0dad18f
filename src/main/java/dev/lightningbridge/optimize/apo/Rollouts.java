package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Makes rollouts, as many at the same time as the pool allows, and looks up what it has made
 * before. What the infrastructure failed on is tried a second time, once.
 */
final class Rollouts {
  private final RolloutRunner runner;
  private final CallPool pool;
  private final RunEvent.Listener events;
  private final boolean remembers;
  private final Map<Key, Rollout> known = new HashMap<>();

  /**
   * @param remembers whether a prompt is run on a task once and then looked up
   */
  Rollouts(RolloutRunner runner, CallPool pool, RunEvent.Listener events, boolean remembers) {
    this.runner = runner;
    this.pool = pool;
    this.events = events;
    this.remembers = remembers;
  }

  /** A candidate and the tasks it is to be run on. */
  record Trial(Candidate candidate, List<Task> tasks) {}

  /** The trials' evaluations, in their order. */
  List<Evaluation> of(List<Trial> trials) throws SearchStopped {
    List<Run> wanted =
        trials.stream()
            .flatMap(t -> t.tasks().stream().map(task -> new Run(t.candidate(), task)))
            .toList();
    List<Rollout> rollouts = remembers ? lookedUpOrMade(wanted) : triedTwice(wanted);
    List<Evaluation> evaluations = new ArrayList<>();
    int from = 0;
    for (Trial trial : trials) {
      int to = from + trial.tasks().size();
      evaluations.add(new Evaluation(trial.candidate(), rollouts.subList(from, to)));
      from = to;
    }
    return evaluations;
  }

  /** The candidate's reward on the task; empty where there is none yet, or it failed. */
  OptionalDouble reward(Candidate candidate, Task task) {
    Rollout rollout = known.get(new Key(candidate.prompt(), task.id()));
    return rollout == null ? OptionalDouble.empty() : rollout.reward();
  }

  /** The candidate's runs on these tasks that are known and have a reward. */
  List<Rollout> known(Candidate candidate, List<Task> tasks) {
    return tasks.stream()
        .map(task -> known.get(new Key(candidate.prompt(), task.id())))
        .filter(rollout -> rollout != null && rollout.reward().isPresent())
        .toList();
  }

  private List<Rollout> lookedUpOrMade(List<Run> wanted) throws SearchStopped {
    Map<Key, Run> missing = new LinkedHashMap<>();
    wanted.stream()
        .filter(run -> !known.containsKey(run.key()))
        .forEach(run -> missing.putIfAbsent(run.key(), run));
    for (Rollout rollout : triedTwice(List.copyOf(missing.values()))) {
      known.put(new Key(rollout.prompt(), rollout.task().id()), rollout);
    }
    List<Rollout> rollouts = new ArrayList<>();
    for (Run run : wanted) {
      rollouts.add(Objects.requireNonNull(known.get(run.key())));
    }
    return rollouts;
  }

  private List<Rollout> triedTwice(List<Run> runs) throws SearchStopped {
    List<Rollout> rollouts = new ArrayList<>(pool.all(calls(runs)));
    List<Integer> failed =
        IntStream.range(0, runs.size())
            .filter(i -> rollouts.get(i).reward().isEmpty())
            .boxed()
            .toList();
    List<Rollout> again = pool.again(calls(failed.stream().map(runs::get).toList()));
    for (int i = 0; i < failed.size(); i++) {
      rollouts.set(failed.get(i), again.get(i));
    }
    return rollouts;
  }

  private List<CallPool.Call<Rollout>> calls(List<Run> runs) {
    List<CallPool.Call<Rollout>> calls = new ArrayList<>();
    for (Run run : runs) {
      calls.add(
          new CallPool.Call<>(
              run.key(),
              () -> {
                Rollout rollout = runner.run(run.candidate().prompt(), run.task());
                events.on(RunEvent.RolloutFinished.of(run.candidate().name(), rollout));
                return rollout;
              }));
    }
    return calls;
  }

  private record Run(Candidate candidate, Task task) {
    Key key() {
      return new Key(candidate.prompt(), task.id());
    }
  }

  private record Key(String prompt, String taskId) {}
}
