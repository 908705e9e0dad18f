package dev.lightningbridge.web;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.rollouts.StoreCounts.Standing;
import dev.lightningbridge.rollouts.http.RunnerStores.Store;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The store of an agent of agentlightning, in words.
 *
 * @param failed empty where none did
 * @param runners of the last minute; null where there was none
 * @param runnerSeen when the last one was there; null for never
 * @param forsaken whether rollouts wait for runners that are not there
 */
record StoreView(
    String agent,
    boolean enabled,
    String waiting,
    String running,
    String finished,
    String failed,
    @Nullable String runners,
    @Nullable Moment runnerSeen,
    boolean forsaken) {
  static StoreView of(Store store) {
    Standing standing = store.standing();
    Instant seen = standing.runnerSeen();
    return new StoreView(
        store.agent(),
        store.enabled(),
        Figures.count(standing.waiting()),
        Figures.count(standing.running()),
        Figures.count(standing.finished()),
        standing.failed() == 0 ? "" : Figures.count(standing.failed()) + " failed",
        standing.runners() == 0 ? null : Figures.counted(standing.runners(), "runner"),
        seen == null ? null : Moment.of(seen.toEpochMilli()),
        store.isForsaken());
  }
}
