package dev.lightningbridge.rollouts;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be wrong with what a runner of agentlightning asks the store: LB-8201 to LB-8299. */
public enum RolloutError implements ErrorCode {
  UNKNOWN("LB-8201", ExitCode.BAD_INPUT, "The store has no such rollout, attempt or resources."),
  UNUSABLE("LB-8202", ExitCode.BAD_INPUT, "A request to the store cannot be used."),
  TOO_MUCH("LB-8203", ExitCode.BAD_INPUT, "A rollout has as many spans as it may."),
  SETTING_UNUSABLE("LB-8204", ExitCode.USAGE, "A setting of an agent's store cannot be used.");

  private final Meaning meaning;

  RolloutError(String id, ExitCode exit, String summary) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }

  static BridgeException unknown(String kind, String id) {
    return new BridgeException(
        UNKNOWN,
        "there is no " + kind + " of this id",
        id,
        "Use an id that this agent's store gave.");
  }

  static BridgeException unusable(String what, String where, String remedy) {
    return new BridgeException(UNUSABLE, what, where, remedy);
  }

  static <E extends Enum<E>> E constant(
      E[] all, Function<E, String> word, String member, String given) {
    return Arrays.stream(all)
        .filter(one -> word.apply(one).equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                unusable(
                    "\"%s\" is none of its values".formatted(given),
                    member,
                    "Use one of %s."
                        .formatted(
                            Arrays.stream(all).map(word).collect(Collectors.joining(", ")))));
  }
}
