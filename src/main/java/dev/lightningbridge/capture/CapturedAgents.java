package dev.lightningbridge.capture;

import dev.lightningbridge.camp.writing.CaptureReader;
import dev.lightningbridge.capture.recording.CaptureError;
import dev.lightningbridge.capture.recording.CaptureTally;
import dev.lightningbridge.capture.recording.CapturedAgent;
import dev.lightningbridge.capture.recording.JoinedCalls;
import dev.lightningbridge.capture.recording.Masks;
import dev.lightningbridge.capture.recording.Recorder;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.ApiKey;
import dev.lightningbridge.model.OpenAiUpstream;
import dev.lightningbridge.model.UpstreamBuilder;
import dev.lightningbridge.server.Databases;
import dev.lightningbridge.server.ServerSettings;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The agents whose calls are captured, as the server's configuration has them. */
@Startup
@ApplicationScoped
public class CapturedAgents {
  private static final String SETTINGS = "lightning-bridge.capture.";

  private final Map<String, Agent> agents = new TreeMap<>();
  private final Databases databases;
  private final Recorder recorder;
  private final JoinedCalls joined;

  CapturedAgents(ServerSettings settings, Databases databases, Clock clock) {
    this.databases = databases;
    settings.capture().forEach((name, given) -> agents.put(name, agent(name, given)));
    recorder =
        new Recorder(
            agents.values().stream().map(Agent::captured).toList(), clock, this::databaseAt);
    joined = new JoinedCalls(recorder, clock);
  }

  /**
   * An agent with the endpoint that its calls go to.
   *
   * @param endpoint null where it has none, and only its spans are taken
   * @param candidateShare of those who ask for its prompt that are given the candidate, 0 to 1
   */
  record Agent(CapturedAgent captured, @Nullable OpenAiUpstream endpoint, double candidateShare) {
    void close() {
      if (endpoint != null) {
        endpoint.close();
      }
    }
  }

  private static Agent agent(String name, ServerSettings.Capture given) {
    String where = SETTINGS + name;
    requireShare(given.share(), where + ".share");
    requireShare(given.candidateShare(), where + ".candidate-share");
    if (given.keepDays().filter(days -> days < 1).isPresent()
        || given.keepBytes().filter(bytes -> bytes < 1).isPresent()) {
      throw unusable("what is kept is more than nothing", where, "Leave keep-days out for ever.");
    }
    return new Agent(
        new CapturedAgent(
            name,
            given.database().toAbsolutePath().normalize(),
            given.enabled(),
            given.share(),
            Masks.of(given.masks(), where + ".masks"),
            new CapturedAgent.Retention(
                given.keepDays().orElse(null), given.keepBytes().orElse(null))),
        given.baseUrl().map(url -> endpoint(url, given)).orElse(null),
        given.candidateShare());
  }

  private static OpenAiUpstream endpoint(String url, ServerSettings.Capture given) {
    UpstreamBuilder endpoint =
        OpenAiUpstream.at(url)
            .key(
                given.keyFile().isPresent()
                    ? ApiKey.fromFile(given.keyFile().get())
                    : ApiKey.fromEnvironment(System.getenv(), given.keyVariable()));
    given.keyHeader().ifPresent(endpoint::keyHeader);
    return endpoint.build();
  }

  private static void requireShare(double share, String where) {
    if (!(share >= 0 && share <= 1)) {
      throw unusable("a share is from 0 to 1", where, "Write 0.25 for a quarter.");
    }
  }

  private static BridgeException unusable(String what, String where, String remedy) {
    return new BridgeException(CaptureError.SETTING_UNUSABLE, what, where, remedy);
  }

  /** All of them, by name. */
  Collection<Agent> all() {
    return agents.values();
  }

  Optional<Agent> find(String name) {
    return Optional.ofNullable(agents.get(name));
  }

  /**
   * The agent of that name.
   *
   * @throws BridgeException where there is none
   */
  Agent get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new BridgeException(
                    CaptureError.NO_SUCH_AGENT,
                    "the configuration captures no agent of this name",
                    name,
                    "GET /api/v1/agents lists them."));
  }

  /** Where calls are given to be written. */
  Recorder recorder() {
    return recorder;
  }

  /** Where calls of which spans tell are given, and what logs say of them. */
  JoinedCalls joined() {
    return joined;
  }

  CaptureTally tally(CapturedAgent agent) {
    return recorder.tally(agent);
  }

  /** What the agent's database says of it now. */
  CaptureReader reader(CapturedAgent agent) {
    return new CaptureReader(database(agent), agent.name());
  }

  /**
   * The agent's database, or the place at which it will be made.
   *
   * @throws BridgeException where it is in no allowed folder
   */
  Path database(CapturedAgent agent) {
    return databaseAt(agent.database());
  }

  /** As {@link #database}; empty where it is in no allowed folder, as its calls say too. */
  Optional<Path> findDatabase(CapturedAgent agent) {
    try {
      return Optional.of(database(agent));
    } catch (BridgeException e) {
      return Optional.empty();
    }
  }

  private Path databaseAt(Path place) {
    return databases.placeAt(place.toString());
  }

  @PreDestroy
  void close() {
    joined.close();
    recorder.close();
    agents.values().forEach(Agent::close);
  }
}
