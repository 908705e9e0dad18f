package dev.lightningbridge.model;

import static dev.lightningbridge.model.ScriptedModel.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Calls that differ from each other, as many at the same time as the threads allow. */
final class CallsAtOnce {
  private CallsAtOnce() {}

  /** Why each has no answer, in the calls' order; empty where it has one. Closes the threads. */
  static List<Optional<ModelException.Kind>> of(
      ModelGateway gateway, int calls, ExecutorService threads) throws Exception {
    try (threads) {
      List<Future<Optional<ModelException.Kind>>> ends = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        String text = "call " + i;
        ends.add(threads.submit(() -> end(gateway, text)));
      }
      List<Optional<ModelException.Kind>> kinds = new ArrayList<>();
      for (Future<Optional<ModelException.Kind>> end : ends) {
        kinds.add(end.get());
      }
      return kinds;
    }
  }

  private static Optional<ModelException.Kind> end(ModelGateway gateway, String text) {
    try {
      gateway.complete(request(text));
      return Optional.empty();
    } catch (ModelException e) {
      return Optional.of(e.kind());
    }
  }
}
