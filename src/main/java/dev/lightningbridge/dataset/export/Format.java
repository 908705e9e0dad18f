package dev.lightningbridge.dataset.export;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.DatasetError;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats of the exports, each named as its file. */
public enum Format {
  /** The training events, as the app's own exporter writes them. */
  EVENTS,
  /** Distinct inputs with the set that each belongs to. */
  TASKS,
  /** agentlightning's AttemptedRollout, with the spans beside it. */
  ROLLOUTS,
  /** agentlightning's ResourcesUpdate: one prompt template per agent version. */
  RESOURCES,
  /** The current human score of each attempt. */
  REWARDS,
  /** Everything that goes into a LightningStore, in one file. */
  STORE,
  /** Conversations that people liked, for supervised fine-tuning. */
  SFT,
  /** Pairs of outputs of which people preferred one, for preference tuning. */
  DPO,
  /** Train and validation rows of agentlightning's reinforcement learning. */
  RL;

  /** The name that the command line knows, which is also the file's. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its rows say, or go by, the set that each task is in. */
  public boolean isSplit() {
    return this == TASKS || this == RL;
  }

  /**
   * Finds a format by its label.
   *
   * @throws BridgeException where there is none
   */
  public static Format of(String label) {
    return Arrays.stream(values())
        .filter(f -> f.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new BridgeException(
                    DatasetError.FORMAT_UNKNOWN,
                    "There is no export format of this name",
                    label,
                    "Use one of "
                        + Arrays.stream(values())
                            .map(Format::label)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
