package dev.lightningbridge.runs;

import dev.lightningbridge.store.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A server process, {@code bridge serve}, that can be killed and started again. */
final class ClusterServer {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path folder;
  private final int number;
  private final Path jar;
  private final PostgresSettings database;
  private final String labels;
  private final int port;
  private final Set<Long> pids = new TreeSet<>();
  private @Nullable Process process;

  ClusterServer(Path folder, int number, Path jar, PostgresSettings database, String labels)
      throws IOException {
    this.folder = folder;
    this.number = number;
    this.jar = jar;
    this.database = database;
    this.labels = labels;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
  }

  void start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-jar",
                jar.toString(),
                "serve",
                "--home",
                folder.resolve("home" + number).toString(),
                "--port",
                Integer.toString(port),
                "--parallel-runs",
                "2"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve("server" + number + ".log").toFile()));
    Map<String, String> environment = builder.environment();
    environment.put("LIGHTNING_BRIDGE_DATASOURCE", "postgresql");
    environment.put("LIGHTNING_BRIDGE_POSTGRESQL_URL", database.url());
    environment.put("LIGHTNING_BRIDGE_POSTGRESQL_USER", String.valueOf(database.user()));
    environment.put("PGPASSWORD", String.valueOf(database.password()));
    if (!labels.isEmpty()) {
      environment.put("LIGHTNING_BRIDGE_LABELS", labels);
    }
    process = builder.start();
    pids.add(process.pid());
  }

  boolean isUp() throws InterruptedException {
    try {
      HttpRequest live =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/q/health/live".formatted(port)))
              .build();
      return HTTP.send(live, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** SIGKILL. */
  void kill() {
    try {
      if (process != null) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** Whether the owner, as a run's row names it, was a process of this server. */
  boolean was(String owner) {
    return pids.contains(Long.valueOf(owner.split("/")[1]));
  }
}
