package dev.lightningbridge.cli;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.FreePort;
import dev.lightningbridge.server.ApiError;
import dev.lightningbridge.server.ServerToken;
import dev.lightningbridge.store.BridgeHome;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The server of the loop's demo, in this process: the one that {@code serve} starts. */
final class LoopServer implements AutoCloseable {
  /** The captured agent. */
  static final String AGENT = "demo";

  private static final int STEPS = 600;
  private static final int STEP_MS = 100;

  private final URI address;
  private final Path home;
  private final Thread thread;

  private LoopServer(URI address, Path home, Thread thread) {
    this.address = address;
    this.home = home;
    this.thread = thread;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param endpoint the base URL of the model behind the capture
   * @param database where calls are recorded; in a folder of its own
   */
  static LoopServer start(Path home, URI endpoint, Path database) throws InterruptedException {
    BridgeHome folder = BridgeHome.open(home);
    int port = freePort();
    String capture = "lightning-bridge.capture." + AGENT;
    set("quarkus.http.host", "127.0.0.1");
    set("quarkus.http.port", Integer.toString(port));
    set("quarkus.log.console.level", "OFF");
    set("lightning-bridge.home", folder.toString());
    set("lightning-bridge.databases", database.resolveSibling(".").normalize().toString());
    set(capture + ".base-url", endpoint.toString());
    // The sandbox asks for none, and the user's own goes nowhere.
    set(capture + ".key-variable", "LIGHTNING_BRIDGE_DEMO_WITHOUT_KEY");
    set(capture + ".database", database.toString());
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("server")
            // Without a handler its end would be that of the process.
            .start(() -> Quarkus.run(null, (status, failure) -> {}));
    LoopServer server =
        new LoopServer(URI.create("http://127.0.0.1:" + port), folder.folder(), thread);
    server.await();
    return server;
  }

  private static void set(String name, String value) {
    System.setProperty(name, value);
  }

  private static int freePort() {
    try {
      return FreePort.find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await() throws InterruptedException {
    HttpRequest ready = HttpRequest.newBuilder(address.resolve("/q/health/ready")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < STEPS && thread.isAlive(); i++) {
        try {
          if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // It does not listen yet.
        }
        TimeUnit.MILLISECONDS.sleep(STEP_MS);
      }
    }
    throw new BridgeException(
        ApiError.UNEXPECTED,
        "the server did not come up",
        address.toString(),
        "Run scripts/bridge serve, which says why.");
  }

  URI address() {
    return address;
  }

  /** The server's own token, which a person has. */
  String token() {
    return read(ServerToken.file(BridgeHome.open(home)));
  }

  /** The token that the application has. */
  String agentsToken() {
    return read(home.resolve("capture").resolve(AGENT + ".token"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Quarkus.asyncExit();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
