package dev.lightningbridge.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Brings together calls whose spans do not say all, and logs that tell what was said in them,
 * whichever comes first. Of both a bounded number of bytes is held: above it the oldest calls are
 * given back without more words, and the oldest logs forgotten. Not thread-safe.
 */
public final class OtlpPairs<T extends OtlpPairs.Told<T>> {
  /** So many times its text a span takes in memory, about. */
  static final int TREE = 4;

  /** So many times its text a log takes, of which only what was said is held. */
  private static final int SAID = 2;

  /** So much the least takes. */
  private static final long LEAST = 1_000;

  private final long mostBytes;
  private final SequencedMap<String, Call<T>> calls = new LinkedHashMap<>();
  private final SequencedMap<String, Said> logs = new LinkedHashMap<>();
  private long bytesOfCalls;
  private long bytesOfLogs;

  /**
   * @param mostBytes that calls may take, and that logs may take, about
   */
  public OtlpPairs(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** A call of which a span tells. */
  public interface Told<T> {
    /** Tells it from all others, as its logs say too: whose it is, and the ids of its span. */
    String key();

    OtlpSpan span();

    /** The memory that it takes, about. */
    long bytes();

    /** The same call, of which more is known, which takes so many bytes more. */
    T with(OtlpSpan span, long more);
  }

  private record Call<T>(T call, long at) {}

  private record Said(List<OtlpLog> logs, long bytes, long at) {}

  /** The key of a span; empty where it has no ids. */
  public static String key(String whose, String traceId, String spanId) {
    return traceId.isEmpty() || spanId.isEmpty() ? "" : whose + '/' + traceId + '/' + spanId;
  }

  /**
   * Takes a call. One that failed is not held, since nothing will have answered it.
   *
   * @param at any clock's time, as {@link #before} is asked by it
   * @return calls that wait no longer: this one, none where it is held, or the oldest where too
   *     much is
   */
  public List<T> call(T call, long at) {
    T known = withLogs(call);
    String key = known.key();
    if (known.span().words().isWhole() || known.span().error() != null || key.isEmpty()) {
      forget(key);
      return List.of(known);
    }
    if (calls.putIfAbsent(key, new Call<>(call, at)) == null) {
      bytesOfCalls += size(call);
    }
    return takeCalls(held -> bytesOfCalls > mostBytes);
  }

  /**
   * Takes logs that came together.
   *
   * @param whose as in the keys of the calls that they belong to
   * @return calls that are whole by them
   */
  public List<T> logs(String whose, List<OtlpLog> told, long at) {
    Set<String> keys = new LinkedHashSet<>();
    for (OtlpLog log : told) {
      String key = key(whose, log.traceId(), log.spanId());
      if (key.isEmpty()) {
        continue;
      }
      long bytes = LEAST + SAID * log.bytes();
      Said said = logs.getOrDefault(key, new Said(new ArrayList<>(), 0, at));
      said.logs().add(log);
      logs.put(key, new Said(said.logs(), said.bytes() + bytes, said.at()));
      bytesOfLogs += bytes;
      keys.add(key);
    }
    List<T> whole = new ArrayList<>();
    for (String key : keys) {
      Call<T> held = calls.get(key);
      if (held != null && withLogs(held.call()).span().words().isWhole()) {
        whole.add(take(key, held));
      }
    }
    while (bytesOfLogs > mostBytes) {
      forget(logs.firstEntry().getKey());
    }
    return whole;
  }

  /** Gives back the calls that were taken before that time, and forgets the logs of before one. */
  public List<T> before(long callsBefore, long logsBefore) {
    List<T> old = takeCalls(held -> held.at() < callsBefore);
    while (!logs.isEmpty() && logs.firstEntry().getValue().at() < logsBefore) {
      forget(logs.firstEntry().getKey());
    }
    return old;
  }

  /** Gives back all that are held. */
  public List<T> rest() {
    return takeCalls(held -> true);
  }

  /** Whether a call of this trace is held. */
  public boolean holds(String whose, String traceId) {
    return calls.keySet().stream().anyMatch(key -> key.startsWith(whose + '/' + traceId + '/'));
  }

  /** Takes the oldest as long as they are meant. */
  private List<T> takeCalls(Predicate<Call<T>> isMeant) {
    List<T> taken = new ArrayList<>();
    while (!calls.isEmpty() && isMeant.test(calls.firstEntry().getValue())) {
      Map.Entry<String, Call<T>> oldest = calls.firstEntry();
      taken.add(take(oldest.getKey(), oldest.getValue()));
    }
    return taken;
  }

  private T take(String key, Call<T> held) {
    calls.remove(key);
    bytesOfCalls -= size(held.call());
    T known = withLogs(held.call());
    forget(key);
    return known;
  }

  /** With their scores alone where the span says all itself. */
  private T withLogs(T call) {
    Said said = logs.get(call.key());
    if (said == null) {
      return call;
    }
    boolean isWhole = call.span().words().isWhole();
    List<OtlpEvent> events =
        events(said).stream().filter(event -> !isWhole || event.isScore()).toList();
    return call.with(call.span().with(events), said.bytes());
  }

  /** In their order, in which a collector need not have sent them. */
  private static List<OtlpEvent> events(Said said) {
    return said.logs().stream()
        .sorted(Comparator.comparingLong(OtlpLog::atNs))
        .map(OtlpLog::event)
        .toList();
  }

  private void forget(String key) {
    Said said = logs.remove(key);
    bytesOfLogs -= said == null ? 0 : said.bytes();
  }

  private static long size(Told<?> call) {
    return LEAST + call.bytes();
  }
}
