package dev.lightningbridge.cli;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.demo.ReviewTasks;
import dev.lightningbridge.imports.ImportReport;
import dev.lightningbridge.imports.ImportRequest;
import dev.lightningbridge.imports.Importer;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.lightning.ModelServer;
import dev.lightningbridge.lightning.PythonEnvironment;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.runs.request.EndpointExtras;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * The demo's model and data where a small real model answers: Gemma 3 270M behind llama.cpp's
 * server on this machine, and reviews to classify. The model can play no critic, so that examples
 * alone are searched with.
 */
final class LocalModelDemo implements AutoCloseable {
  private static final int LONGEST_ANSWER = 16;
  private static final int ROUNDS = 2;

  private final ModelServer server;
  private final Path database;
  private final String session;

  private LocalModelDemo(ModelServer server, Path database, String session) {
    this.server = server;
    this.database = database;
    this.session = session;
  }

  /**
   * Makes the database in the folder and starts the model.
   *
   * @throws dev.lightningbridge.common.BridgeException where the model's environment is missing or
   *     it does not come up
   */
  static LocalModelDemo open(Path folder, Cancellation cancellation) {
    PythonEnvironment environment =
        PythonEnvironment.find(EnvironmentKind.LOCAL_MODEL, System.getenv());
    Path database = folder.resolve("reviews.db");
    Path tasks = folder.resolve("reviews.csv");
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(database);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ReviewTasks.write(tasks);
    ImportReport made =
        new Importer(Clock.systemUTC())
            .run(
                new ImportRequest(
                    ImportRequest.Given.of(tasks),
                    database,
                    ReviewTasks.PROMPT,
                    "Reviews",
                    ModelServer.LOCAL,
                    Map.of(),
                    null,
                    null,
                    false));
    ReviewTasks.makeGreedy(database);
    return new LocalModelDemo(
        ModelServer.local(environment, 0, cancellation), database, made.sessionId());
  }

  Path database() {
    return database;
  }

  String session() {
    return session;
  }

  ModelAccess access() {
    return new ModelAccess.Endpoint(
        server.baseUrl(),
        "",
        null,
        null,
        new EndpointExtras(Map.of(), Map.of(), null, LONGEST_ANSWER),
        Map.of());
  }

  /** Nobody writes critiques. */
  static Map<String, String> models() {
    return Map.of("critic", OptimizeRequest.NO_CRITIC);
  }

  /**
   * With fewer rounds than usual, unless others were asked for, and one call after the other: the
   * model then reads what a call has in common with the one before only once.
   */
  static ApoSettings inTime(ApoSettings asked) {
    return new ApoSettings(
        asked.rounds() == ApoSettings.ROUNDS ? ROUNDS : asked.rounds(),
        asked.beamWidth(),
        asked.branchFactor(),
        asked.gradientBatchSize(),
        asked.validationBatchSize(),
        asked.diversityTemperature(),
        1);
  }

  @Override
  public void close() {
    server.close();
  }
}
