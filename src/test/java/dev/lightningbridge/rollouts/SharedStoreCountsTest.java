package dev.lightningbridge.rollouts;

import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same counts in a PostgreSQL database. */
@Needs(Need.POSTGRESQL)
class SharedStoreCountsTest extends StoreCountsTest {
  private static PostgresServer server;

  @BeforeAll
  static void startServer() {
    server = PostgresServer.started();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  BridgeDatabase database() {
    return BridgeDatabase.open(server.newDatabase());
  }
}
