package dev.lightningbridge.store;

import dev.lightningbridge.needs.Environments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server of its own on loopback, from what the machine has installed. */
public final class PostgresServer implements AutoCloseable {
  private static final String USER = "bridge";
  private static final String PASSWORD = "planted-0f3a";

  private final Path programs;
  private final Path folder;
  private final int port;
  private int databases;

  private PostgresServer(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** Whether this machine has one that can be started. */
  public static boolean isInstalled() {
    return programs().isPresent();
  }

  public static PostgresServer started() {
    Path programs = programs().orElseThrow();
    try {
      Path folder = Files.createTempDirectory("bridge-postgres");
      PostgresServer server = new PostgresServer(programs, folder, freePort());
      if (isRoot()) {
        run(List.of("chown", "postgres", folder.toString()));
      }
      Path password = folder.resolve("password");
      Files.writeString(password, PASSWORD);
      server.program(
          "initdb",
          "-D",
          server.data(),
          "-U",
          USER,
          "-A",
          "scram-sha-256",
          "--no-sync",
          "-E",
          "UTF8",
          "--pwfile=" + password);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> programs() {
    List<Path> folders = new ArrayList<>(Environments.path());
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.sorted(Comparator.reverseOrder()).forEach(v -> folders.add(v.resolve("bin")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folders.stream()
        .filter(f -> Files.isExecutable(f.resolve("initdb")))
        .filter(f -> Files.isExecutable(f.resolve("pg_ctl")))
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public void start() {
    program(
        "pg_ctl",
        "-D",
        data(),
        "-w",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=".formatted(port),
        "start");
  }

  public void stop() {
    program("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
  }

  /** A new, empty database. */
  public PostgresSettings newDatabase() {
    String name = "bridge" + ++databases;
    jdbi(settings("postgres", PASSWORD))
        .useHandle(handle -> handle.execute("CREATE DATABASE " + name));
    return settings(name, PASSWORD);
  }

  public PostgresSettings settings(String database, String password) {
    return new PostgresSettings(url(database), USER, password);
  }

  public Jdbi jdbi(PostgresSettings settings) {
    // Not by DriverManager, which knows only the drivers of one class loader.
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(settings.url());
    source.setUser(USER);
    source.setPassword(PASSWORD);
    return Jdbi.create(source);
  }

  public String password() {
    return PASSWORD;
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  /** PostgreSQL does not run as root; Debian's package makes a user for it. */
  private void program(String name, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(name).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void run(List<String> command) {
    try {
      Path output = Files.createTempFile("bridge-postgres", ".out");
      Process process =
          new ProcessBuilder(command)
              .directory(new java.io.File("/"))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(command + ": " + Files.readString(output));
      }
      Files.delete(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    stop();
    run(List.of("rm", "-rf", folder.toString()));
  }
}
