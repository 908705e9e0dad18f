package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls at the same time, so many at most, started in their order. A cancelled run does not
 * wait for the calls under way: they are interrupted and their answers not used.
 */
final class CallPool implements AutoCloseable {
  private final ExecutorService threads;
  private final Cancellation cancellation;

  CallPool(int concurrency, Cancellation cancellation) {
    this.cancellation = cancellation;
    this.threads =
        Executors.newFixedThreadPool(concurrency, Thread.ofVirtual().name("search-", 0).factory());
  }

  /** A call of a model, or several that belong together. */
  interface Call<T> {
    /**
     * @throws ModelException only where the run as a whole must end
     */
    T make() throws ModelException;
  }

  /**
   * The results, in the calls' order.
   *
   * @throws SearchStopped where the budget is used up, after the calls under way have ended, or
   *     where the run is cancelled
   */
  <T> List<T> all(List<Call<T>> calls) throws SearchStopped {
    List<Future<T>> made = new ArrayList<>();
    Runnable abandon = () -> List.copyOf(made).forEach(f -> f.cancel(true));
    for (Call<T> call : calls) {
      made.add(threads.submit(call::make));
    }
    try (var registration = cancellation.onRequest(abandon)) {
      return results(made);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SearchStopped(StopReason.CANCELLED);
    } catch (CancellationException e) {
      throw new SearchStopped(StopReason.CANCELLED);
    } finally {
      abandon.run();
    }
  }

  private static <T> List<T> results(List<Future<T>> made)
      throws InterruptedException, SearchStopped {
    List<T> results = new ArrayList<>();
    @Nullable SearchStopped stopped = null;
    for (Future<T> call : made) {
      try {
        results.add(call.get());
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
