package dev.lightningbridge.runs.models;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.rollouts.StoreCounts.Succeeded;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Says that rollouts of an agent of agentlightning came without spans, so that their outputs may
 * not be what the agent emitted: at the first one, and in all. Thread-safe.
 */
final class LostSpans {
  private static final String REMEDY =
      "Where the agent emits its output, set OTEL_EXPORTER_OTLP_TRACES_ENDPOINT for its runners"
          + " (docs/guides/store.md).";

  private final String agent;
  private final Consumer<String> notices;
  private final AtomicBoolean said = new AtomicBoolean();

  LostSpans(String agent, Consumer<String> notices) {
    this.agent = agent;
    this.notices = notices;
  }

  /** One came without. */
  void met() {
    if (!said.getAndSet(true)) {
      notices.accept(
          "A rollout of agentlightning's agent %s sent no spans: its output is the answer of its last call. %s"
              .formatted(agent, REMEDY));
    }
  }

  /** Of all of the run; empty where each sent some. */
  Optional<String> remark(Succeeded rollouts) {
    return rollouts.silent() == 0
        ? Optional.empty()
        : Optional.of(
            "Of %s of agentlightning's agent %s %s sent no spans: their output is the answer of the last call. %s"
                .formatted(
                    Figures.counted(rollouts.rollouts(), "rollout"),
                    agent,
                    Figures.count(rollouts.silent()),
                    REMEDY));
  }
}
