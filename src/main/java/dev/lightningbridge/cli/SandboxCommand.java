package dev.lightningbridge.cli;

import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.lightning.ModelServer;
import dev.lightningbridge.lightning.PythonEnvironment;
import dev.lightningbridge.model.GatewayEndpoint;
import dev.lightningbridge.model.sandbox.SandboxModel;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bridge sandbox}: serves the simulated model alone. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = {
      "Serve the simulated model on loopback for any OpenAI client, until Ctrl-C; or a small real"
          + " one.",
      "The simulated model's figures prove a pipeline, not a prompt."
    })
final class SandboxCommand implements Callable<Integer> {
  private final Console console;
  private final Interrupts interrupts;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8099",
      description = "Port; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--latency-ms",
      paramLabel = "L",
      defaultValue = "0",
      description = "Latency of a call (default: ${DEFAULT-VALUE}).")
  int latencyMs;

  @Option(
      names = "--local-model",
      description =
          "Serve Gemma 3 270M on this machine instead. scripts/setup --with local-model fetches it;"
              + " Gemma's own terms hold.")
  boolean localModel;

  SandboxCommand(Console console, Interrupts interrupts) {
    this.console = console;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    try (Cancellation.Registration registration =
        interrupts.cancellation().onRequest(stop::countDown)) {
      if (localModel) {
        serveLocal(stop);
      } else {
        serveSimulated(stop);
      }
    }
    return 0;
  }

  private void serveLocal(CountDownLatch stop) throws InterruptedException {
    PythonEnvironment environment =
        PythonEnvironment.find(EnvironmentKind.LOCAL_MODEL, System.getenv());
    try (ModelServer server = ModelServer.local(environment, port, interrupts.cancellation())) {
      console.line(
          "%s, a small real model, answers at %s".formatted(ModelServer.LOCAL, server.baseUrl()));
      console.remark("Its answers are short, and it plays no critic. Ctrl-C ends it.");
      stop.await();
    }
  }

  private void serveSimulated(CountDownLatch stop) throws InterruptedException {
    try (GatewayEndpoint endpoint =
        GatewayEndpoint.before(
                SandboxModel.builder().seed(seed).latency(Duration.ofMillis(latencyMs)).build())
            .port(port)
            .withoutToken()
            .open()) {
      console.line("The sandbox model answers at " + endpoint.endpoint().baseUrl());
      console.remark("Simulated answers: they prove a pipeline, not a prompt. Ctrl-C ends it.");
      stop.await();
    }
  }
}
