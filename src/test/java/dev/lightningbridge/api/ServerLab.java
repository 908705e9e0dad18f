package dev.lightningbridge.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A home folder with a known token, and an allowed folder of databases, for a server under test.
 */
public final class ServerLab implements QuarkusTestResourceLifecycleManager {
  static final String TOKEN = "f00d".repeat(16);
  static final String FOLDER = "server-lab.folder";

  private static final SandboxTruth TRUTH = SandboxTruth.ofSeed(7);

  /** The key of the endpoint, which repeats it in its errors. */
  static final String KEY = "sk-proj-planted/Zq8+=_-7919";

  /** A model of the endpoint that answers the call before a run, and no other one. */
  static final String ANSWERS_FIRST = "answers-first";

  private Path folder = Path.of("");
  private final AtomicReference<@Nullable String> first = new AtomicReference<>();
  private final WireMockServer endpoint =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").globalTemplating(true));

  /** A database of one session with many inputs; gives the session's id. */
  static String camp(Path file, int inputs) {
    try (CampFixture fixture = CampFixture.create(file, 9)) {
      String session = fixture.session("Tickets", "Sort tickets", null);
      String lineage = fixture.lineage(session, "A");
      String agent = fixture.agent(lineage, TRUTH.seedPrompt(SandboxDomain.TRIAGE));
      int cycle = 0;
      for (String input : TRUTH.inputs(SandboxDomain.TRIAGE, inputs)) {
        CampFixture.Run run = fixture.run(agent, ++cycle, input, "billing");
        fixture.score(run.artifactId(), 1 + cycle % 10, null);
      }
      return session;
    }
  }

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("lightning-bridge-server").toRealPath();
      Path home = Files.createDirectory(folder.resolve("home"));
      Files.writeString(home.resolve("token"), TOKEN + "\n");
      Path databases = Files.createDirectory(folder.resolve("databases"));
      camp(databases.resolve("camp.db"), 40);
      camp(folder.resolve("elsewhere.db"), 3);
      Files.createSymbolicLink(databases.resolve("link.db"), folder.resolve("elsewhere.db"));
      Path models = models();
      endpoint.start();
      endpoint.stubFor(
          any(anyUrl())
              .willReturn(
                  aResponse()
                      .withStatus(401)
                      .withBody(
                          "{\"error\": \"no such key: {{{request.headers.Authorization}}}\"}")));
      endpoint.stubFor(
          any(anyUrl())
              .andMatching(request -> MatchResult.of(isTheFirst(request.getBodyAsString())))
              .willReturn(okJson("{\"choices\": [{\"message\": {\"content\": \"OK\"}}]}")));
      Path key = Files.writeString(folder.resolve("key"), KEY);
      return Map.of(
          "lightning-bridge.agl.triage.timeout",
          "50",
          "lightning-bridge.base-models",
          models.toString(),
          "lightning-bridge.endpoint.base-url",
          endpoint.baseUrl() + "/v1",
          "lightning-bridge.endpoint.key-file",
          key.toString(),
          "lightning-bridge.agents.curl.command",
          "sh " + Path.of("docs/examples/agent_curl.sh").toAbsolutePath(),
          "lightning-bridge.graders.short.command",
          "[\"sh\", \"-c\", \"test $(wc -c) -gt 0 && echo '{\\\"reward\\\": 0.5}'\"]",
          FOLDER,
          folder.toString(),
          "lightning-bridge.home",
          home.toString(),
          "lightning-bridge.databases",
          databases.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the calls of {@link #ANSWERS_FIRST} the one with which a run tries it, each time. */
  private boolean isTheFirst(String body) {
    return body.contains(ANSWERS_FIRST)
        && (first.compareAndSet(null, body) || body.equals(first.get()));
  }

  /** A model that may be used; one elsewhere with a link to it, and one with a file of that. */
  private Path models() throws IOException {
    Path models = Files.createDirectory(folder.resolve("models"));
    Path blobs = Files.createDirectory(models.resolve("blobs"));
    Path weights = Files.writeString(blobs.resolve("weights"), "weights");
    Files.createSymbolicLink(model(models.resolve("small")).resolve("weights"), weights);
    Path elsewhere = model(folder.resolve("elsewhere"));
    Files.createSymbolicLink(models.resolve("link"), elsewhere);
    Path leaking = model(models.resolve("leaking"));
    Files.createSymbolicLink(leaking.resolve("weights"), elsewhere.resolve("config.json"));
    Files.createDirectory(models.resolve("empty"));
    return models;
  }

  private static Path model(Path folder) throws IOException {
    Files.createDirectory(folder);
    Files.writeString(folder.resolve("config.json"), "{}");
    Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
    return folder;
  }

  @Override
  public void stop() {
    endpoint.stop();
    ServerFolder.delete(folder);
  }
}
