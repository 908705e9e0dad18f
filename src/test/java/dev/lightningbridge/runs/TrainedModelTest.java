package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.lightning.TuneLab;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.needs.Children;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.needs.StartsWorkers;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RequestParts;
import dev.lightningbridge.runs.request.RunPolicy;
import dev.lightningbridge.runs.request.SearchStrategy;
import dev.lightningbridge.workshop.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way with the real trainer and the real server: people's scores, a model of random
 * weights that learns what they liked, the sealed test, a proposal, the agent's next version.
 */
@NeedsEnvironment(EnvironmentKind.TUNE)
@StartsWorkers
class TrainedModelTest {
  private static final int INPUTS = 40;

  @TempDir Path folder;

  private final List<RunEvent> events = new ArrayList<>();
  private Path camp;
  private Path tasks;
  private String session;
  private String lineage;

  @BeforeEach
  void aSessionInWhichPeopleLikedOneAnswer() throws IOException {
    camp = folder.resolve("camp.db");
    List<String> lines = new ArrayList<>();
    try (CampFixture fixture = CampFixture.create(camp, 9)) {
      session = fixture.session("Numbers", "Say whether it is a number", null);
      lineage = fixture.lineage(session, "A");
      String agent = fixture.agent(lineage, "Answer.");
      fixture.sql(
          "UPDATE agent_definitions SET parameters = '{\"model\":\"m\",\"temperature\":0,\"maxTokens\":8}'");
      for (int i = 0; i < INPUTS; i++) {
        String input = "Is %d a number?".formatted(i);
        CampFixture.Run run = fixture.run(agent, i + 1, input, "yes");
        fixture.score(run.artifactId(), 9, null);
        lines.add(Json.write(Map.of("id", "t" + i, "input", input, "expected", "yes")));
      }
    }
    tasks = Files.write(folder.resolve("tasks.jsonl"), lines);
  }

  private OptimizeRequest request(TrainingSettings training) {
    return new OptimizeRequest(
        RequestParts.Subject.of(camp, session, null),
        RequestParts.Answering.of(new ModelAccess.None()),
        new RequestParts.OnTasks(tasks, false, 0, 16, 0),
        new RequestParts.Searching(
            EngineChoice.AUTO,
            SearchStrategy.RACING,
            ApoSettings.DEFAULT,
            0,
            true,
            false,
            PromptRules.NONE),
        new RequestParts.Grading("auto", null),
        training,
        new AgentChoice.Prompt(),
        Limits.NONE,
        new RunPolicy(false, false, false, 0, false));
  }

  @Test
  void what_people_liked_is_learnt_proven_and_promoted() {
    Path model = TuneLab.tinyModel(folder.resolve("tiny"));
    TrainingSettings training =
        new TrainingSettings(
            Algorithm.SFT, model, 8, 8, 1, 60, 0, 1, 1e-2, 0.1, 0, 128, false, Map.of());
    try (Workshop workshop =
        Workshop.open(folder.resolve("home"), Clock.systemUTC(), remark -> {})) {
      RunResult result =
          workshop.optimization().run(request(training), events::add, new Cancellation());

      assertThat(Children.workers()).isEmpty();
      assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.Decision.PROMOTE);
      assertThat(result.test()).isNotNull();
      assertThat(result.test().baselineMean()).isZero();
      assertThat(result.test().winnerMean()).isEqualTo(1);
      assertThat(result.calls())
          .as("each call went through the gateway")
          .isEqualTo(2L * result.tasks().test());

      workshop.promotions().promote(result.proposalId(), false, Set.of());

      AgentVersion promoted;
      try (CampDatabase database = CampDatabase.open(camp, CampDatabase.Options.DEFAULT)) {
        promoted = database.corpus().agentVersions(lineage).getLast();
      }
      assertThat(promoted.number()).isEqualTo(2);
      assertThat(promoted.model().modelId())
          .isEqualTo("tiny-sft-" + result.runId().substring(0, 8));
      assertThat(promoted.systemPrompt()).isEqualTo("Answer.");
    }
  }
}
