package dev.lightningbridge.cli;

import dev.lightningbridge.cli.options.CliError;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.server.ApiError;
import dev.lightningbridge.server.ServerToken;
import dev.lightningbridge.store.BridgeHome;
import io.quarkus.runtime.Quarkus;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bridge serve}: the server with its pages, its REST API, its queue and its schedule. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Serve the pages, the REST API, the queue of runs and the schedule, until Ctrl-C.",
      "Listens on 127.0.0.1; what is shown needs the token in the home folder."
    })
final class ServeCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".lightning-bridge",
      description = "Folder of bridge.db, reports, backups and token (default: ${DEFAULT-VALUE}).")
  Path home = Path.of(".lightning-bridge");

  @Option(
      names = "--databases",
      paramLabel = "DIR",
      description = "Training Camp databases in this folder may be used; may be repeated.")
  List<Path> databases = new ArrayList<>();

  @Option(
      names = "--base-models",
      paramLabel = "DIR",
      description = "Models in this folder may be trained from; may be repeated.")
  List<Path> baseModels = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8090",
      description = "Port (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  String host = "127.0.0.1";

  @Option(
      names = "--host-name",
      paramLabel = "NAME",
      description =
          "Name or address under which others reach it; needed with --host, may be repeated.")
  List<String> names = new ArrayList<>();

  @Option(
      names = "--parallel-runs",
      paramLabel = "N",
      defaultValue = "2",
      description = "Runs at a time (default: ${DEFAULT-VALUE}).")
  int parallelRuns;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!isLoopback(host) && names.isEmpty()) {
      throw new BridgeException(
          ApiError.NOT_LOOPBACK,
          "others could reach the server, and it was not said under which name",
          "--host " + host,
          "Name what others call it with --host-name, or leave --host out.");
    }
    BridgeHome folder = BridgeHome.open(home);
    ServerToken.of(folder);
    set("quarkus.http.host", host);
    set("quarkus.http.port", Integer.toString(port));
    set("lightning-bridge.home", folder.toString());
    set("lightning-bridge.parallel-runs", Integer.toString(parallelRuns));
    setFolders("lightning-bridge.databases", databases);
    setFolders("lightning-bridge.base-models", baseModels);
    if (!names.isEmpty()) {
      set("lightning-bridge.hosts", String.join(",", names));
    }
    console.remark(
        "Opening http://%s:%d/ – it asks for the token, which is in %s"
            .formatted(host, port, ServerToken.file(folder)));
    Quarkus.run();
    return ExitCode.DONE.status();
  }

  private static void set(String name, String value) {
    System.setProperty(name, value);
  }

  private static void setFolders(String name, List<Path> folders) {
    if (!folders.isEmpty()) {
      set(
          name,
          folders.stream()
              .map(path -> path.toAbsolutePath().normalize().toString())
              .map(ServeCommand::escaped)
              .collect(Collectors.joining(",")));
    }
  }

  /** A comma separates a setting's values. */
  private static String escaped(String path) {
    return path.replace("\\", "\\\\").replace(",", "\\,");
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw CliError.option("there is no such address", "--host " + host);
    }
  }
}
