package dev.lightningbridge.rollouts.http;

import dev.lightningbridge.rollouts.StoreCounts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How the stores of the configured agents of agentlightning stand. */
@ApplicationScoped
public class RunnerStores {
  /** A runner says every ten seconds that it is there. */
  private static final Duration LATELY = Duration.ofMinutes(1);

  private final ServedStores stores;
  private final Clock clock;

  RunnerStores(ServedStores stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /**
   * A store.
   *
   * @param enabled whether it is served
   * @param standing with the runners of the last minute
   */
  public record Store(String agent, boolean enabled, StoreCounts.Standing standing) {
    /** Whether rollouts wait, and nobody was there of late to take them. */
    public boolean isForsaken() {
      return standing.waiting() > 0 && standing.runners() == 0;
    }
  }

  /**
   * All of them, by name.
   *
   * @throws dev.lightningbridge.common.BridgeException where bridge.db cannot be read
   */
  public List<Store> all() {
    Instant since = clock.instant().minus(LATELY);
    return stores.all().entrySet().stream()
        .map(
            one ->
                new Store(
                    one.getKey(),
                    one.getValue().enabled(),
                    one.getValue().store().counts().standing(since)))
        .toList();
  }
}
