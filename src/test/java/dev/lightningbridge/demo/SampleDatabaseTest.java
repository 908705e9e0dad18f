package dev.lightningbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.PayloadHash;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Directive;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.TrainingEvent;
import dev.lightningbridge.dataset.split.Inspection;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class SampleDatabaseTest {
  private static final long SEED = 1;

  @TempDir static Path folder;
  private SampleDatabase.Summary summary;
  private CampDatabase database;
  private Corpus corpus;

  @BeforeAll
  void make() {
    summary = SampleDatabase.create(folder.resolve("sample.db"), SEED);
    database = CampDatabase.open(summary.file(), CampDatabase.Options.DEFAULT);
    corpus = database.corpus();
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void it_is_read_back_with_the_counts_of_the_summary_and_nothing_is_wrong_with_it() {
    assertThat(summary.sessions()).hasSize(4);
    for (SampleDatabase.SampleSession session : summary.sessions()) {
      List<Attempt> attempts = corpus.attempts(session.id()).toList();
      Map<AttemptKind, Long> kinds =
          attempts.stream().collect(Collectors.groupingBy(Attempt::kind, Collectors.counting()));
      assertThat(kinds.get(AttemptKind.SCORED)).isEqualTo(session.scored());
      assertThat(kinds.getOrDefault(AttemptKind.FAILED, 0L)).isEqualTo(session.failed());
      assertThat(kinds.get(AttemptKind.ANALYSIS)).isEqualTo(session.analysed());
      assertThat(attempts).hasSize(session.attempts() + session.analysed());
      assertThat(attempts.stream().map(Attempt::input).distinct()).hasSize(session.inputs());
      assertThat(attempts).allSatisfy(a -> assertThat(a.systemPrompt()).isNotBlank());
      var lineages =
          corpus.lineages().stream().filter(l -> l.sessionId().equals(session.id())).toList();
      assertThat(lineages).hasSize(session.lineages());
      assertThat(lineages.stream().mapToInt(l -> corpus.agentVersions(l.id()).size()).sum())
          .isEqualTo(session.agentVersions());
    }
    assertThat(corpus.events().count()).isGreaterThan(1_000);
    assertThat(corpus.schemaVersion()).isEqualTo(9);
    assertThat(corpus.skipped()).isEmpty();
  }

  @Test
  void three_sessions_have_tasks_enough_to_be_optimised_and_one_has_a_single_input() {
    Inspection inspection = Inspection.of(corpus, SplitPlan.DEFAULT);
    assertThat(inspection.sessions()).extracting(Inspection.SessionView::tasks).last().isEqualTo(1);
    assertThat(inspection.sessions().subList(0, 3))
        .allSatisfy(
            s -> {
              assertThat(s.tasks()).isGreaterThanOrEqualTo(60);
              assertThat(s.bestLineageId()).isNotNull();
            });
    assertThat(inspection.sessions().getLast().bestLineageId()).isNull();
  }

  @Test
  void every_payload_fits_its_hash_and_every_snapshot_its_prompt() {
    Map<String, String> prompts =
        corpus.agentVersions().stream()
            .collect(Collectors.toMap(v -> v.id(), v -> v.systemPrompt()));
    List<TrainingEvent> events = corpus.events().toList();
    assertThat(events).allMatch(e -> PayloadHash.fits(e.payloadHash(), e.payload()));
    assertThat(events.stream().filter(e -> e.type().equals("attempt.completed")))
        .isNotEmpty()
        .allSatisfy(
            e -> {
              var snapshot = Json.mapper().readTree(e.payload()).path("agentSnapshot");
              assertThat(snapshot.path("systemPromptHash").asText())
                  .isEqualTo(PayloadHash.snapshot(prompts.get(snapshot.path("agentId").asText())));
            });
  }

  @Test
  void scores_were_corrected_and_the_last_click_counts() throws IOException {
    Map<String, Integer> lastClick = new HashMap<>();
    int clicks = 0;
    for (TrainingEvent event : corpus.events().toList()) {
      if (event.type().equals("artifact.scored")) {
        clicks++;
        lastClick.put(
            event.artifactId(), Json.mapper().readTree(event.payload()).path("score").asInt());
      }
    }
    assertThat(clicks).isGreaterThan(lastClick.size() + 20);
    assertThat(corpus.attempts().filter(a -> a.score() != null))
        .allSatisfy(a -> assertThat(a.score().value()).isEqualTo(lastClick.get(a.artifactId())));
  }

  @Test
  void scores_follow_the_hidden_truth_as_a_persons_would() {
    SandboxTruth truth = SandboxTruth.ofSeed(summary.sandboxSeed());
    for (SampleDatabase.SampleSession session : summary.sessions().subList(0, 3)) {
      List<Attempt> scored =
          corpus.attempts(session.id()).filter(a -> a.kind() == AttemptKind.SCORED).toList();
      double off =
          scored.stream()
              .mapToDouble(
                  a -> Math.abs(a.score().reward() - truth.trueReward(a.input(), a.output())))
              .average()
              .orElseThrow();
      assertThat(off).isBetween(0.02, 0.15);
      assertThat(scored.stream().map(a -> a.score().value()).distinct().count()).isGreaterThan(5);
    }
  }

  @Test
  void a_person_commented_directed_locked_and_unlocked() {
    assertThat(corpus.directives())
        .extracting(Directive::kind)
        .contains(Directive.Kind.COMMENT, Directive.Kind.STICKY, Directive.Kind.ONE_SHOT);
    List<String> comments =
        corpus
            .attempts()
            .map(Attempt::score)
            .filter(s -> s != null && s.comment() != null)
            .map(Score::comment)
            .toList();
    assertThat(comments).hasSizeGreaterThan(40);
    assertThat(corpus.locks())
        .hasSize(4)
        .allSatisfy(l -> assertThat(l.loserArtifactIds()).isNotEmpty());
    assertThat(corpus.lineages().stream().filter(l -> l.locked())).hasSize(2);
  }

  @Test
  void the_same_seed_makes_the_same_file_and_another_one_another() throws IOException {
    Path again = SampleDatabase.create(folder.resolve("again.db"), SEED).file();
    Path other = SampleDatabase.create(folder.resolve("other.db"), SEED + 1).file();
    assertThat(Files.mismatch(summary.file(), again)).isEqualTo(-1);
    assertThat(Files.mismatch(summary.file(), other)).isNotEqualTo(-1);
    assertThat(Files.size(again)).isLessThan(5 << 20);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 42})
  void each_sessions_best_agent_is_neither_hopeless_nor_without_a_wish(long seed)
      throws ModelException {
    SampleDatabase.Summary made = SampleDatabase.create(folder.resolve(seed + ".db"), seed);
    SandboxTruth truth = SandboxTruth.ofSeed(seed);
    SandboxModel model = SandboxModel.ofSeed(seed);
    try (CampDatabase opened = CampDatabase.open(made.file(), CampDatabase.Options.DEFAULT)) {
      Inspection inspection = Inspection.of(opened.corpus(), SplitPlan.DEFAULT);
      for (int i = 0; i < 3; i++) {
        SandboxDomain domain = made.sessions().get(i).domain();
        String lineage = inspection.sessions().get(i).bestLineageId();
        String prompt = opened.corpus().currentAgent(lineage).orElseThrow().systemPrompt();
        assertThat(mean(model, truth, domain, prompt))
            .as(domain + ": " + prompt)
            .isBetween(0.15, 0.8);
        assertThat(mean(model, truth, domain, truth.bestPrompt(domain))).isGreaterThan(0.85);
      }
    }
  }

  private static double mean(
      SandboxModel model, SandboxTruth truth, SandboxDomain domain, String prompt)
      throws ModelException {
    List<String> inputs = truth.inputs(domain, 60);
    double sum = 0;
    for (String input : inputs) {
      ChatRequest request = ChatRequest.of(ModelRole.WORKER, "any", prompt, input, 0);
      sum += truth.trueReward(input, model.complete(request).text()) / inputs.size();
    }
    return sum;
  }
}
