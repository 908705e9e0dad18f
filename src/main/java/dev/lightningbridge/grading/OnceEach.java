package dev.lightningbridge.grading;

import dev.lightningbridge.model.ModelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/**
 * Makes each value once, however many threads ask for it at the same time. A failure goes to all
 * that wait for it and is then forgotten, so that a later question tries again.
 */
final class OnceEach<K, V> {
  private final ConcurrentMap<K, CompletableFuture<V>> values = new ConcurrentHashMap<>();

  V get(K key, Maker<V> maker) throws ModelException {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> first = values.putIfAbsent(key, mine);
    return first == null ? make(key, mine, maker) : await(first);
  }

  private V make(K key, CompletableFuture<V> mine, Maker<V> maker) throws ModelException {
    try {
      V value = maker.make();
      mine.complete(value);
      return value;
    } catch (ModelException | RuntimeException | Error e) {
      values.remove(key, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private static <V> V await(CompletableFuture<V> other) throws ModelException {
    try {
      return other.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelException cause) {
        throw new ModelException(
            cause.kind(), String.valueOf(cause.getMessage()), cause.retryAfterMs(), cause);
      }
      throw new IllegalStateException("the same question failed in another thread", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(ModelException.Kind.CANCELLED, "interrupted", null, e);
    }
  }

  /** Makes a value. */
  @FunctionalInterface
  interface Maker<V> {
    V make() throws ModelException;
  }
}
