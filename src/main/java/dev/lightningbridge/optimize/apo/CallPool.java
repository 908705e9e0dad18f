package dev.lightningbridge.optimize.apo;

import static java.util.Objects.requireNonNull;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls at the same time, so many at most, started in their order. Equal calls are made one
 * after the other: which of them gets which answer must not depend on time. A cancelled run does
 * not wait for the calls under way: they are interrupted and their answers not used.
 */
final class CallPool implements AutoCloseable {
  private final ExecutorService threads;
  private final Cancellation cancellation;
  private final long limit;
  private long kept;
  private long made;

  /**
   * @param limit calls in all
   */
  CallPool(int concurrency, long limit, Cancellation cancellation) {
    this.cancellation = cancellation;
    this.limit = limit;
    this.threads =
        Executors.newFixedThreadPool(concurrency, Thread.ofVirtual().name("search-", 0).factory());
  }

  /**
   * A call of a model, or several that belong together.
   *
   * @param question equal for calls that ask the same
   */
  record Call<T>(Object question, Making<T> making) {}

  interface Making<T> {
    /**
     * @throws ModelException only where the run as a whole must end
     */
    T make() throws ModelException;
  }

  /** How many so far, and how many may be. */
  long made() {
    return made;
  }

  long limit() {
    return limit;
  }

  /** How many more may be made now. */
  long left() {
    return limit - kept - made;
  }

  /** From now on so many of them are kept for later. */
  void keepBack(long calls) {
    kept = calls;
  }

  /**
   * The results, in the calls' order.
   *
   * @throws SearchStopped where the calls would pass the limit, and none is made; where the budget
   *     is used up, after the calls under way have ended; where the run is cancelled
   */
  <T> List<T> all(List<Call<T>> calls) throws SearchStopped {
    if (calls.size() > left()) {
      throw new SearchStopped(
          cancellation.isRequested() ? StopReason.CANCELLED : StopReason.FINISHED);
    }
    made += calls.size();
    return again(calls);
  }

  /** Makes calls that were counted before and failed. */
  <T> List<T> again(List<Call<T>> calls) throws SearchStopped {
    if (cancellation.isRequested()) {
      throw new SearchStopped(StopReason.CANCELLED);
    }
    Map<Object, Future<List<T>>> answers = new LinkedHashMap<>();
    byQuestion(calls).forEach((question, same) -> answers.put(question, start(same)));
    Runnable abandon = () -> answers.values().forEach(f -> f.cancel(true));
    try (var registration = cancellation.onRequest(abandon)) {
      Map<Object, List<T>> results = results(answers);
      return calls.stream()
          .map(c -> requireNonNull(results.get(c.question())).removeFirst())
          .toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SearchStopped(StopReason.CANCELLED);
    } catch (CancellationException e) {
      throw new SearchStopped(StopReason.CANCELLED);
    } finally {
      abandon.run();
    }
  }

  private static <T> Map<Object, List<Call<T>>> byQuestion(List<Call<T>> calls) {
    Map<Object, List<Call<T>>> same = new LinkedHashMap<>();
    calls.forEach(c -> same.computeIfAbsent(c.question(), q -> new ArrayList<>()).add(c));
    return same;
  }

  private <T> Future<List<T>> start(List<Call<T>> same) {
    return threads.submit(
        () -> {
          List<T> results = new ArrayList<>();
          for (Call<T> call : same) {
            results.add(call.making().make());
          }
          return results;
        });
  }

  /** Waits for all of them, also where one says that the search must stop. */
  private static <T> Map<Object, List<T>> results(Map<Object, Future<List<T>>> answers)
      throws InterruptedException, SearchStopped {
    Map<Object, List<T>> results = new LinkedHashMap<>();
    @Nullable SearchStopped stopped = null;
    for (var answer : answers.entrySet()) {
      try {
        results.put(answer.getKey(), answer.getValue().get());
      } catch (ExecutionException e) {
        stopped = stop(e.getCause());
      }
    }
    if (stopped != null) {
      throw stopped;
    }
    return results;
  }

  private static SearchStopped stop(@Nullable Throwable cause) {
    return switch (cause) {
      case ModelException e when e.kind() == ModelException.Kind.BUDGET_EXHAUSTED ->
          new SearchStopped(StopReason.BUDGET_EXHAUSTED);
      case ModelException e when e.kind() == ModelException.Kind.CANCELLED ->
          new SearchStopped(StopReason.CANCELLED);
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException("a call failed unexpectedly", cause);
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
