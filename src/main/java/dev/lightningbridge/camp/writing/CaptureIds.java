package dev.lightningbridge.camp.writing;

import dev.lightningbridge.camp.AppRows;
import dev.lightningbridge.corpus.CapturedCall;

/** The ids of what belongs to a captured call, which follow from what its application knows. */
final class CaptureIds {
  private CaptureIds() {}

  static String artifact(AppRows app, String attemptId) {
    return app.id("artifact", attemptId);
  }

  static String rollout(AppRows app, String lineageId, CapturedCall call) {
    String trace = call.traceId();
    return trace == null ? app.id("rollout", call.attemptId()) : ofTrace(app, lineageId, trace);
  }

  static String ofTrace(AppRows app, String lineageId, String traceId) {
    return app.id("rollout", lineageId, "trace", traceId);
  }
}
