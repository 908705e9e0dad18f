package dev.lightningbridge.runs.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lightningbridge.common.BridgeException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which engine the user asked for. */
public enum EngineChoice {
  /** What did better in the benches at the run's number of calls: so far always the Java engine. */
  AUTO,
  /** The real trainer, in a worker process. */
  AGENTLIGHTNING,
  JAVA;

  /** All labels, as a regular expression. */
  public static final String PATTERN = "^(auto|agentlightning|java)$";

  /** Its name at every door and in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this label; empty where there is none. */
  public static Optional<EngineChoice> find(String label) {
    return Arrays.stream(values()).filter(c -> c.label().equals(label)).findFirst();
  }

  /**
   * The one with this label.
   *
   * @throws BridgeException where there is none
   */
  @JsonCreator
  public static EngineChoice named(String label) {
    return find(label)
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.ENGINE_UNKNOWN,
                    "there is no engine of this name",
                    label,
                    "Use agentlightning, java, or auto."));
  }
}
