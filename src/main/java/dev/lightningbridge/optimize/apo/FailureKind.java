package dev.lightningbridge.optimize.apo;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import java.util.Set;

/** What is wrong with a run that did not get the full reward, as far as a program can tell. */
enum FailureKind {
  EMPTY("empty"),
  DECLINED("declined by the model or a filter"),
  CUT_OFF("cut off by the limit of tokens"),
  MALFORMED("not in the form that is expected"),
  PARTLY("partly right"),
  WRONG("wrong");

  private final String words;

  FailureKind(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /**
   * Of a run whose reward is below 1.
   *
   * @param labels the answers that there can be; empty where answers are no labels
   */
  static FailureKind of(Rollout run, Set<String> labels) {
    if (run.outcome() instanceof Outcome.AgentFailed failed) {
      return isEmpty(failed.failure().kind()) ? EMPTY : DECLINED;
    }
    if (run.output().isBlank()) {
      return EMPTY;
    }
    if (run.cutOff()) {
      return CUT_OFF;
    }
    if (isMalformed(run, labels)) {
      return MALFORMED;
    }
    return run.reward().orElse(0) > 0 ? PARTLY : WRONG;
  }

  static boolean isEmpty(String kind) {
    return kind.equals("SAID_NOTHING") || kind.equals("EMPTY_ANSWER");
  }

  private static boolean isMalformed(Rollout run, Set<String> labels) {
    if (run.task().expected() instanceof Expected.Structure) {
      return !isJson(run.output());
    }
    return !labels.isEmpty() && !labels.contains(run.output().strip());
  }

  private static boolean isJson(String text) {
    try {
      return Json.mapper().readTree(text).isContainerNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
