package dev.lightningbridge.runs.request;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.optimize.Algorithm;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run as it was asked for, before anything is read: enough to see whether each of its options
 * does something.
 *
 * @param work what is done
 * @param sandbox whether the simulated model was named; {@code endpoint} whether an endpoint was
 * @param ofLineage whether a lineage was named, and no session
 * @param given the options that were given, by the names that they have at the door
 * @param critic whether anybody is to be asked for critiques and edits
 */
public record AskedRun(
    Door door,
    Work work,
    EngineChoice engine,
    String grader,
    boolean sandbox,
    boolean endpoint,
    boolean ofLineage,
    Set<String> given,
    boolean critic) {
  /** With a critic. */
  public AskedRun(
      Door door,
      Work work,
      EngineChoice engine,
      String grader,
      boolean sandbox,
      boolean endpoint,
      boolean ofLineage,
      Set<String> given) {
    this(door, work, engine, grader, sandbox, endpoint, ofLineage, given, true);
  }

  /** The name of a prompt's search, where a training has its algorithm's. */
  public static final String PROMPT = "prompt";

  /** What is done. */
  public enum Work {
    /** A prompt is searched for. */
    PROMPT,
    SFT,
    DPO,
    RL,
    /** A judge is tested. */
    JUDGE;

    /**
     * @param training null where a prompt is searched for
     */
    public static Work of(@Nullable Algorithm training) {
      return training == null
          ? PROMPT
          : switch (training) {
            case SFT -> SFT;
            case DPO -> DPO;
            case RL -> RL;
          };
    }
  }

  /** Stands for a grader's name where one outside of this program grades. */
  public static final String EXTERNAL_GRADER = "external";

  /** Where it was asked for; each has names of its own for the options. */
  public enum Door {
    COMMAND_LINE,
    API,
    SCHEDULE
  }

  boolean isSearch() {
    return work == Work.PROMPT;
  }

  boolean isTraining() {
    return !isSearch() && work != Work.JUDGE;
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
