package dev.lightningbridge.capture.recording;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.camp.writing.CampCapture;
import dev.lightningbridge.camp.writing.CampImport;
import dev.lightningbridge.camp.writing.ImportedVersion;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.CapturedCall;
import dev.lightningbridge.imports.PromptFamilies;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Writes batches of calls: of each agent one transaction. */
final class CaptureWriter {
  private static final System.Logger LOG = System.getLogger(CaptureWriter.class.getName());
  private static final int TRIES = 3;

  private final Clock clock;
  private final UnaryOperator<Path> databases;
  private final Function<CapturedAgent, CaptureTally> tallies;

  /**
   * @param databases gives the place at which a database is or may be made, or throws where it may
   *     not be used
   */
  CaptureWriter(
      Clock clock, UnaryOperator<Path> databases, Function<CapturedAgent, CaptureTally> tallies) {
    this.clock = clock;
    this.databases = databases;
    this.tallies = tallies;
  }

  void write(List<? extends Recordable> batch) {
    Map<CapturedAgent, List<Recordable>> byAgent = new LinkedHashMap<>();
    batch.forEach(e -> byAgent.computeIfAbsent(e.agent(), a -> new ArrayList<>()).add(e));
    byAgent.forEach(this::write);
  }

  private void write(CapturedAgent agent, List<Recordable> taken) {
    CaptureTally tally = tallies.apply(agent);
    tally.taken(taken.size());
    List<CapturedCall> calls = new ArrayList<>();
    for (Recordable one : taken) {
      try {
        calls.add(one.read());
      } catch (Unreadable e) {
        tally.count(e.why());
      } catch (RuntimeException | StackOverflowError e) {
        // A mask can do that; one call must not take the others with it.
        LOG.log(System.Logger.Level.WARNING, agent.name() + ": a call could not be read", e);
        tally.count(Unrecorded.NO_ANSWER);
      }
    }
    if (calls.isEmpty()) {
      return;
    }
    try {
      Map<Unrecorded, Integer> left = stored(agent, calls);
      int leftOut = left.values().stream().mapToInt(Integer::intValue).sum();
      left.forEach((why, count) -> tally.count(why, count));
      tally.recorded(calls.size() - leftOut, clock.millis());
    } catch (BridgeException e) {
      lost(agent, calls, "%s: %s".formatted(e.code().id(), e.what()), e);
    } catch (RuntimeException e) {
      lost(agent, calls, "an unexpected error; the server's log has its trace", e);
    }
  }

  private void lost(CapturedAgent agent, List<CapturedCall> calls, String why, Exception e) {
    LOG.log(
        System.Logger.Level.ERROR,
        "%s: %d calls could not be recorded".formatted(agent.name(), calls.size()),
        e);
    tallies.apply(agent).failed(calls.size(), why);
  }

  private Map<Unrecorded, Integer> stored(CapturedAgent agent, List<CapturedCall> calls) {
    for (int attempt = 1; ; attempt++) {
      try {
        return store(agent, calls);
      } catch (BridgeException e) {
        if (e.code() != CampError.IN_USE || attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private Map<Unrecorded, Integer> store(CapturedAgent agent, List<CapturedCall> calls) {
    Map<Unrecorded, Integer> left = new EnumMap<>(Unrecorded.class);
    try (CampCapture camp = open(agent, calls.get(0).model())) {
      PromptFamilies families = new PromptFamilies(camp);
      for (CapturedCall call : calls) {
        if (camp.knows(call.attemptId())) {
          left.merge(Unrecorded.KNOWN_ALREADY, 1, Integer::sum);
          continue;
        }
        ImportedVersion version = families.of(call.prompt());
        if (version == null) {
          left.merge(Unrecorded.TOO_MANY_PROMPTS, 1, Integer::sum);
        } else {
          camp.add(version, call);
        }
      }
      camp.finish();
    }
    return left;
  }

  private CampCapture open(CapturedAgent agent, String model) {
    return CampCapture.open(
        databases.apply(agent.database()),
        clock,
        new CampImport.NewSession(agent.name(), "Captured: " + agent.name(), model, true));
  }

  /** Deletes what is older or more than the agent's retention allows. */
  void forget(CapturedAgent agent) {
    CapturedAgent.Retention kept = agent.retention();
    Integer days = kept.days();
    Long bytes = kept.bytes();
    long before = days == null ? 0 : clock.millis() - Duration.ofDays(days).toMillis();
    long deleted = 0;
    for (int last = -1; last != 0; deleted += last) {
      try (CampCapture camp = open(agent, "unknown")) {
        last = camp.forget(before, bytes == null ? Long.MAX_VALUE : bytes);
        camp.finish();
      }
    }
    if (deleted > 0) {
      LOG.log(System.Logger.Level.INFO, "{0}: {1} captured calls deleted", agent.name(), deleted);
    }
  }
}
