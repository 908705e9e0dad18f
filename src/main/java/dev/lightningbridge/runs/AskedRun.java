package dev.lightningbridge.runs;

import dev.lightningbridge.common.BridgeException;
import java.util.Set;

/**
 * A run as it was asked for, before anything is read: enough to see whether each of its options
 * does something.
 *
 * @param algorithm prompt, sft, dpo or rl; or {@link #JUDGE}
 * @param sandbox whether the simulated model was named; {@code endpoint} whether an endpoint was
 * @param ofLineage whether a lineage was named, and no session
 * @param given the options that were given, by the names that they have at the door
 */
public record AskedRun(
    Door door,
    String algorithm,
    String engine,
    String grader,
    boolean sandbox,
    boolean endpoint,
    boolean ofLineage,
    Set<String> given) {
  /** The algorithm of a prompt's search. */
  public static final String PROMPT = "prompt";

  /** Stands for an algorithm where a judge is tested. */
  public static final String JUDGE = "judge";

  /** Where it was asked for; each has names of its own for the options. */
  public enum Door {
    COMMAND_LINE,
    API,
    SCHEDULE
  }

  boolean isSearch() {
    return algorithm.equals(PROMPT);
  }

  boolean isTraining() {
    return !isSearch() && !algorithm.equals(JUDGE);
  }

  boolean asks(RunOption option) {
    return given.contains(option.name(door));
  }

  /**
   * Looks at each option that was given.
   *
   * @throws BridgeException LB-7125 at the first that does nothing in this run
   */
  public void check() {
    for (RunOption option : RunOption.values()) {
      if (asks(option)) {
        option.needs().stream()
            .filter(need -> !need.isMet(this))
            .findFirst()
            .ifPresent(
                need -> {
                  throw idle(option, need);
                });
      }
    }
  }

  private BridgeException idle(RunOption option, RunNeed need) {
    String name = option.name(door);
    return new BridgeException(
        RunError.OPTION_IDLE,
        "%s does nothing here: %s".formatted(name, need.why()),
        name,
        "Leave it out, or %s.".formatted(need.remedy(door)));
  }
}
