package dev.lightningbridge.web;

import dev.lightningbridge.api.ServerFolder;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An empty home folder, and a database whose names, prompt and inputs would do harm if a page took
 * them for more than text.
 */
public final class BrowserLab implements QuarkusTestResourceLifecycleManager {
  static final String TOKEN = "beef".repeat(16);
  static final String FOLDER = "browser-lab.folder";

  /** An agent of agentlightning whose store is served, beside one whose store is not. */
  static final String STORE = "mood";

  /** Markup, a template's expression, the end of a CDATA section, and a mark that turns writing. */
  static final String HOSTILE =
      "<script>window.harmed=1</script><img src=x onerror=\"window.harmed=1\">"
          + " {{7*7}} {inject:ui.csrf} ]]> \u202Egnp.exe'\">";

  static final SandboxTruth TRUTH = SandboxTruth.ofSeed(7);
  private static final int INPUTS = 64;

  private Path folder = Path.of("");

  /** What the agent's current prompt is. */
  static String prompt() {
    return TRUTH.seedPrompt(SandboxDomain.TRIAGE) + "\n" + HOSTILE;
  }

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("lightning-bridge-browser").toRealPath();
      Path home = Files.createDirectory(folder.resolve("home"));
      Files.writeString(home.resolve("token"), TOKEN + "\n");
      Path databases = Files.createDirectory(folder.resolve("databases"));
      camp(databases.resolve("camp.db"));
      return Map.of(
          "lightning-bridge.agl." + STORE + ".enabled",
          "true",
          "lightning-bridge.agl.resting.enabled",
          "false",
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

  private static void camp(Path file) {
    try (CampFixture fixture = CampFixture.create(file, 9)) {
      String session = fixture.session("Tickets " + HOSTILE, "Sort tickets " + HOSTILE, null);
      String agent = fixture.agent(fixture.lineage(session, "A"), prompt());
      int cycle = 0;
      for (String input : TRUTH.inputs(SandboxDomain.TRIAGE, INPUTS)) {
        String output = output(cycle, input);
        CampFixture.Run run = fixture.run(agent, ++cycle, input, output);
        long score = Math.round(1 + 9 * TRUTH.trueReward(input, output));
        fixture.score(run.artifactId(), (int) score, cycle == 1 ? HOSTILE : null);
      }
    }
  }

  /** What agents of very different skill answer, so that a judge can be told from a coin. */
  private static String output(int cycle, String input) {
    String best = TRUTH.bestPrompt(SandboxDomain.TRIAGE);
    String half = best.substring(0, best.lastIndexOf("\n- ", best.length() * 2 / 3));
    String prompt = List.of(TRUTH.seedPrompt(SandboxDomain.TRIAGE), half, best).get(cycle % 3);
    try {
      return SandboxModel.ofSeed(7)
          .complete(ChatRequest.of(ModelRole.WORKER, "m", prompt, input, 0.7))
          .text();
    } catch (ModelException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    ServerFolder.delete(folder);
  }
}
