package dev.lightningbridge.runs.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lightningbridge.common.BridgeException;
import java.util.Arrays;
import java.util.Locale;

/** How the Java engine searches. */
public enum SearchStrategy {
  /** Candidates race: those that are shown to be worse get no more rollouts. */
  RACING,
  /** The beam search of agentlightning's APO. */
  APO;

  /** All labels, as a regular expression. */
  public static final String PATTERN = "^(racing|apo)$";

  /** Its name at every door and in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one with this label.
   *
   * @throws BridgeException where there is none
   */
  @JsonCreator
  public static SearchStrategy named(String label) {
    return Arrays.stream(values())
        .filter(strategy -> strategy.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.STRATEGY_UNKNOWN,
                    "the Java engine has no strategy of this name",
                    label,
                    "Use racing or apo."));
  }
}
