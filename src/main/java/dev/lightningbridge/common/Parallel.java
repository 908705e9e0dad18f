package dev.lightningbridge.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Work on many items by a few threads. */
public final class Parallel {
  private Parallel() {}

  /**
   * The results by the order of the items, those without one left out. Returns when no thread works
   * any more. After a failure no further item is begun.
   *
   * @param threads at least 1
   * @throws RuntimeException what the work threw, as it was thrown
   * @throws CancellationException where the calling thread was interrupted
   */
  public static <T, R> List<R> map(
      int threads, List<T> items, Function<? super T, Optional<R>> work) {
    AtomicBoolean ended = new AtomicBoolean();
    List<R> results = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<Optional<R>>> begun =
          items.stream().map(item -> workers.submit(() -> unlessEnded(ended, item, work))).toList();
      for (Future<Optional<R>> result : begun) {
        result.get().ifPresent(results::add);
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("a worker broke", e.getCause());
    } catch (InterruptedException e) {
      ended.set(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    return results;
  }

  private static <T, R> Optional<R> unlessEnded(
      AtomicBoolean ended, T item, Function<? super T, Optional<R>> work) {
    if (ended.get()) {
      return Optional.empty();
    }
    boolean done = false;
    try {
      Optional<R> result = work.apply(item);
      done = true;
      return result;
    } finally {
      if (!done) {
        ended.set(true);
      }
    }
  }
}
