package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The store of one agent of agentlightning: rollouts wait in it, a runner takes each and tells what
 * it does. It keeps them as agentlightning 0.3.0's {@code CollectionBasedLightningStore} does, in
 * bridge.db, so that several processes can use it at once and none loses anything by its end; each
 * rollout is taken by one runner only. An attempt that is overdue by its rollout's rules is given
 * up whenever anyone asks for rollouts. What is cancelled stays so, whatever its runner says
 * afterwards. Thread-safe.
 */
public final class RolloutStore {
  private final BridgeDatabase database;
  private final Clock clock;
  private final RolloutRows rollouts;
  private final RolloutAttempts attempts;
  private final RolloutSpans spans;
  private final RolloutResources resources;
  private final RolloutWorkers workers;
  private final StoreCounts counts;
  private final double since;

  public RolloutStore(BridgeDatabase database, String agent) {
    this(database, agent, Clock.systemUTC());
  }

  public RolloutStore(BridgeDatabase database, String agent, Clock clock) {
    this.database = database;
    this.clock = clock;
    since = RowValues.now(clock);
    rollouts = new RolloutRows(agent);
    spans = new RolloutSpans(database, agent, clock);
    resources = new RolloutResources(database, agent, clock);
    workers = new RolloutWorkers(database, agent, clock);
    attempts = new RolloutAttempts(database, agent, clock, workers);
    counts = new StoreCounts(database, agent, workers);
  }

  public RolloutSpans spans() {
    return spans;
  }

  public RolloutAttempts attempts() {
    return attempts;
  }

  public RolloutResources resources() {
    return resources;
  }

  public RolloutWorkers workers() {
    return workers;
  }

  public StoreCounts counts() {
    return counts;
  }

  /**
   * Adds agentlightning's NamedResources; returns their id.
   *
   * @throws BridgeException LB-8202 where they are none
   */
  public String addResources(JsonNode named) {
    return resources.add(named).path("resources_id").asText();
  }

  /**
   * Puts a rollout at the end of the queue.
   *
   * @param input any JSON
   * @param mode train, val or test; or null
   * @param resourcesId null for the latest resources
   * @param config agentlightning's RolloutConfig; null for one attempt without limits of time
   * @param metadata a JSON object; null for none
   * @throws BridgeException LB-8202 where one of them is not of its kind
   */
  public StoredRollout enqueue(
      JsonNode input,
      @Nullable String mode,
      @Nullable String resourcesId,
      @Nullable JsonNode config,
      @Nullable JsonNode metadata) {
    AskedRollout asked = AskedRollout.of(input, mode, resourcesId, config, metadata);
    return database.inTransaction(handle -> insert(handle, RolloutStatus.QUEUING, asked));
  }

  /**
   * Puts rollouts at the end of the queue, all or none.
   *
   * @param requests agentlightning's EnqueueRolloutRequest each
   */
  public List<StoredRollout> enqueue(List<JsonNode> requests) {
    List<AskedRollout> asked = requests.stream().map(AskedRollout::of).toList();
    return database.inTransaction(
        handle -> asked.stream().map(one -> insert(handle, RolloutStatus.QUEUING, one)).toList());
  }

  /** Adds a rollout that a runner has taken already; as {@link #enqueue(List)}. */
  public StoredRollout start(JsonNode request, @Nullable String workerId) {
    AskedRollout asked = AskedRollout.of(request);
    return database.inTransaction(
        handle -> begin(handle, insert(handle, RolloutStatus.PREPARING, asked).id(), workerId));
  }

  private StoredRollout insert(Handle handle, RolloutStatus status, AskedRollout asked) {
    String resourcesId = asked.resourcesId();
    StoredRollout rollout =
        new StoredRollout(
            RowValues.newId("ro-", 12),
            asked.input(),
            asked.mode(),
            resourcesId == null ? resources.latestId(handle).orElse(null) : resourcesId,
            status,
            asked.rules(),
            RowValues.now(clock),
            null,
            asked.metadata(),
            null);
    rollouts.insert(handle, rollout);
    return rollout;
  }

  /** Another attempt at a rollout, whatever its rules say. */
  public StoredRollout startAttempt(String rolloutId, @Nullable String workerId) {
    return database.inTransaction(
        handle -> begin(handle, rollouts.get(handle, rolloutId).id(), workerId));
  }

  private StoredRollout begin(Handle handle, String id, @Nullable String workerId) {
    StoredRollout begun = rollouts.begin(handle, id, workerId, RowValues.now(clock));
    if (begun.attempt() != null) {
      workers.follow(handle, begun.attempt());
    }
    return begun;
  }

  /**
   * Takes rollouts from the queue, the oldest first, each with a new attempt.
   *
   * @return empty where none waits
   */
  public List<StoredRollout> dequeue(int most, @Nullable String workerId) {
    attempts.giveUpOverdue();
    if (workerId == null && database.reading(handle -> rollouts.waiting(handle, 1)).isEmpty()) {
      return List.of();
    }
    return database.inTransaction(
        handle -> {
          List<StoredRollout> taken = new ArrayList<>();
          for (String id : rollouts.waiting(handle, most)) {
            taken.add(begin(handle, id, workerId));
          }
          workers.asked(handle, workerId, !taken.isEmpty());
          return taken;
        });
  }

  /** The rollout as it stands; its attempt says when a runner took it. */
  public Optional<StoredRollout> find(String rolloutId) {
    attempts.giveUpOverdue();
    return database.reading(handle -> rollouts.find(handle, rolloutId));
  }

  public RowPage.Rows<StoredRollout> query(RowFilter filter, RowPage page) {
    attempts.giveUpOverdue();
    return database.reading(handle -> rollouts.query(handle, filter, page));
  }

  /** The spans of the rollout's last attempt, in their sequence, as agentlightning writes them. */
  public List<JsonNode> spans(String rolloutId) {
    return spans
        .query(rolloutId, "latest", RowFilter.all(), new RowPage(-1, 0, "sequence_id", false))
        .items();
  }

  /** Nobody takes it any more; one that is finished stays as it is. */
  public void cancel(String rolloutId) {
    database.useTransaction(
        handle -> {
          StoredRollout rollout = rollouts.get(handle, rolloutId);
          if (!rollout.status().isFinished()) {
            rollouts.status(handle, rolloutId, RolloutStatus.CANCELLED, RowValues.now(clock));
          }
        });
  }

  /**
   * Changes what is named: input, mode, resources_id, status, config, metadata.
   *
   * @throws BridgeException LB-8201 where there is no such rollout, LB-8202 where a value is not of
   *     its kind
   */
  public StoredRollout update(String rolloutId, JsonNode changes) {
    return database.inTransaction(
        handle -> {
          StoredRollout before = rollouts.get(handle, rolloutId);
          rollouts.write(handle, before.with(changes));
          if (changes.has("status")) {
            RolloutStatus status = RolloutStatus.of(changes.path("status").asText());
            rollouts.status(handle, rolloutId, status, RowValues.now(clock));
          }
          return rollouts.get(handle, rolloutId);
        });
  }

  /**
   * Deletes what is over: finished rollouts with their attempts and spans, resources of no rollout
   * but the latest, runners that were not heard of; all since before that time.
   */
  public void forget(Instant time) {
    double before = RowValues.seconds(time);
    database.useTransaction(
        handle -> {
          rollouts.forget(handle, before);
          resources.forget(handle, before);
          workers.forget(handle, before);
        });
  }

  /** How many rows there are of each kind, as agentlightning's clients read it. */
  public ObjectNode statistics() {
    ObjectNode json =
        Json.mapper()
            .createObjectNode()
            .put("name", "LightningBridge")
            .put("uptime", RowValues.now(clock) - since);
    counts.rows().forEach(json::put);
    return json;
  }
}
