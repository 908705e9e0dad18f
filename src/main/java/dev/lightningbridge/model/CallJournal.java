package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What became of a run's calls, written ahead: a call is kept as reserved before it is sent and as
 * done with its answer before that is used. So a run that was killed at any point repeats no
 * finished call. One that was reserved but not finished may have been answered and billed: it stays
 * charged by its estimate and is sent again when the run asks for it. Thread-safe.
 *
 * <p>Every method throws a {@link BridgeException} where the journal cannot be read or written; the
 * call is then not made.
 */
public interface CallJournal {
  /** What is known of the call from before. */
  Optional<Entry> find(CallKey key);

  /**
   * Keeps the call as about to be sent.
   *
   * @param charged all that the call has cost so far, and the estimate of this attempt
   */
  void reserved(CallKey key, ModelRole role, String model, Spend charged);

  /**
   * Keeps the answer.
   *
   * @param charged all that the call has cost
   */
  void done(CallKey key, ObjectNode answer, Spend charged);

  /** Keeps why there is no answer. */
  void failed(CallKey key, ModelException failure, Spend charged);

  /** What all calls of the run have cost, in whatever process they were made. */
  Spend spent();

  /** A call made before. */
  sealed interface Entry {
    Spend charged();

    /** It was sent, or was about to be, when the process ended. */
    record Reserved(Spend charged) implements Entry {}

    /** It was answered with this body. */
    record Done(ObjectNode answer, Spend charged) implements Entry {}

    /** It had no answer. */
    record Failed(ModelException.Kind kind, String message, Spend charged) implements Entry {}
  }

  /** A journal for what is no run: it ends with the process. */
  static CallJournal inMemory() {
    return new InMemory();
  }

  /** Keeps entries in a map. */
  final class InMemory implements CallJournal {
    private final Map<CallKey, Entry> entries = new ConcurrentHashMap<>();

    private InMemory() {}

    @Override
    public Optional<Entry> find(CallKey key) {
      return Optional.ofNullable(entries.get(key));
    }

    @Override
    public void reserved(CallKey key, ModelRole role, String model, Spend charged) {
      entries.put(key, new Entry.Reserved(charged));
    }

    @Override
    public void done(CallKey key, ObjectNode answer, Spend charged) {
      entries.put(key, new Entry.Done(answer, charged));
    }

    @Override
    public void failed(CallKey key, ModelException failure, Spend charged) {
      entries.put(
          key, new Entry.Failed(failure.kind(), String.valueOf(failure.getMessage()), charged));
    }

    @Override
    public Spend spent() {
      return entries.values().stream().map(Entry::charged).reduce(Spend.NOTHING, Spend::plus);
    }
  }
}
