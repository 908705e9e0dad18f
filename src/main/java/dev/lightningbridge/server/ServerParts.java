package dev.lightningbridge.server;

import dev.lightningbridge.runs.RunFeed;
import dev.lightningbridge.runs.nights.ConfiguredModel;
import dev.lightningbridge.runs.nights.NightWatch;
import dev.lightningbridge.runs.training.Trainers;
import dev.lightningbridge.runs.work.Engines;
import dev.lightningbridge.runs.work.RunQueue;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import dev.lightningbridge.store.PostgresSettings;
import dev.lightningbridge.workshop.InstalledEngines;
import dev.lightningbridge.workshop.InstalledTrainers;
import dev.lightningbridge.workshop.Workshop;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;

/** What the server is made of, once each. */
@ApplicationScoped
class ServerParts {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Engines engines() {
    System.Logger log = System.getLogger(Workshop.class.getName());
    return new InstalledEngines(remark -> log.log(System.Logger.Level.INFO, remark));
  }

  @Produces
  @Singleton
  Trainers trainers() {
    return new InstalledTrainers();
  }

  @Produces
  @Singleton
  Workshop workshop(
      ServerSettings settings,
      Databases databases,
      OpenTelemetry telemetry,
      Clock clock,
      Engines engines,
      Trainers trainers) {
    BridgeHome home = BridgeHome.open(settings.home());
    return new Workshop(
        home,
        database(settings, home),
        new ServerGuard(databases, ConfiguredAgents.of(settings), ConfiguredGraders.of(settings)),
        clock,
        new SpansOfRuns(telemetry),
        engines,
        trainers);
  }

  private static BridgeDatabase database(ServerSettings settings, BridgeHome home) {
    if (settings.datasource() == ServerSettings.Datasource.SQLITE) {
      return BridgeDatabase.open(home);
    }
    ServerSettings.Postgresql postgresql = settings.postgresql();
    return BridgeDatabase.open(
        PostgresSettings.of(
            postgresql.url().orElse(null),
            postgresql.user().orElse(null),
            postgresql.passwordFile().orElse(null),
            postgresql.passwordVariable(),
            System.getenv()));
  }

  @Produces
  @Singleton
  ServerToken token(Workshop workshop) {
    return ServerToken.of(workshop.home());
  }

  @Produces
  @Singleton
  Logins logins(Workshop workshop, ServerToken token, Clock clock) {
    return Logins.of(workshop.home(), token, clock);
  }

  void close(@Disposes Workshop workshop) {
    workshop.close();
  }

  @Startup
  @Produces
  @Singleton
  RunQueue queue(Workshop workshop, ServerSettings settings) {
    RunQueue queue = workshop.queue(settings.parallelRuns(), settings.labels().orElse(Set.of()));
    queue.start();
    return queue;
  }

  @Produces
  @Singleton
  RunFeed feed(Workshop workshop) {
    return new RunFeed(workshop.runs());
  }

  void close(@Disposes RunFeed feed) {
    feed.close();
  }

  void close(@Disposes RunQueue queue) {
    queue.close();
  }

  @Produces
  @Singleton
  NightWatch nightWatch(
      Workshop workshop, RunQueue queue, ServerSettings settings, SandboxSwitch sandbox) {
    return workshop.nightWatch(queue, () -> configured(settings, sandbox.isOn()));
  }

  private static ConfiguredModel configured(ServerSettings settings, boolean sandbox) {
    ServerSettings.Endpoint endpoint = settings.endpoint();
    return new ConfiguredModel(
        ConfiguredEndpoint.of(endpoint).orElse(null),
        endpoint.prices().orElse(null),
        sandbox,
        ConfiguredAgents.of(settings),
        ConfiguredGraders.of(settings));
  }
}
