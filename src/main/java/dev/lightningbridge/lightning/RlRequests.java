package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.lightning.rl.RlServices;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts gateway and controller when the trainer, its settings found good, asks for them. */
final class RlRequests implements WorkerFollower.Requests {
  private final RlServices.Plan plan;
  private final Consumer<JsonNode> send;
  private final WorkerFollower follower;
  private final Object lock = new Object();
  private @Nullable Thread starting;
  private @Nullable RlServices services;
  private boolean closed;

  RlRequests(RlServices.Plan plan, Consumer<JsonNode> send, WorkerFollower follower) {
    this.plan = plan;
    this.send = send;
    this.follower = follower;
  }

  @Override
  public void run(long id, JsonNode request) {
    synchronized (lock) {
      starting = Thread.ofVirtual().name("rl-services").start(() -> start(id));
    }
  }

  private void start(long id) {
    try {
      RlServices started = RlServices.start(plan);
      synchronized (lock) {
        if (closed) {
          started.close();
          return;
        }
        services = started;
      }
      ObjectNode answer = Json.mapper().createObjectNode().put("type", "answer").put("id", id);
      answer.set("answer", started.toldToTrainer());
      send.accept(answer);
    } catch (IOException | IllegalArgumentException e) {
      follower.fail(
          new BridgeException(
              LightningError.SERVICES_NOT_STARTED,
              String.valueOf(e.getMessage()),
              RlTrainer.logs(plan.workFolder()).toString(),
              "Look at its log, and run scripts/setup --with rl to mend the environment.",
              e));
    } catch (InterruptedException e) {
      // Closed while it started; what had started is ended.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int running() {
    return 0;
  }

  @Override
  public void close() throws InterruptedException {
    Thread waitFor;
    synchronized (lock) {
      closed = true;
      waitFor = starting;
    }
    if (waitFor != null) {
      waitFor.interrupt();
      waitFor.join();
    }
    synchronized (lock) {
      if (services != null) {
        services.close();
        services = null;
      }
    }
  }
}
