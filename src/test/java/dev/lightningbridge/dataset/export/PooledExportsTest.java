package dev.lightningbridge.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Lock;
import dev.lightningbridge.corpus.ModelSettings;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.dataset.InMemoryCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training learns from where sessions are pooled. */
class PooledExportsTest {
  @TempDir Path out;

  private final InMemoryCorpus corpus =
      InMemoryCorpus.withAgent("p")
          .addSession("S2")
          .addSession("S3")
          .attempt(attempt("a1", "S1", "own low", 2))
          .attempt(attempt("b1", "S2", "pooled high", 9))
          .attempt(attempt("b2", "S2", "pooled low", 3))
          .attempt(attempt("b3", "S2", "pooled locked", null))
          .attempt(attempt("b4", "S2", "pooled loser", null))
          .attempt(attempt("c1", "S3", "another's high", 9))
          .addLock(
              new Lock(
                  "lock", "S2", "L1", List.of("L2"), "artifact-b3", List.of("artifact-b4"), 1));

  @Test
  void sft_takes_well_scored_outputs_of_pooled_sessions_and_of_no_other() throws IOException {
    Exports.export(corpus, pooled(Format.SFT));
    assertThat(Files.readString(out.resolve("sft.jsonl")))
        .contains("pooled high")
        .doesNotContain("another's high");
  }

  @Test
  void dpo_takes_their_scores_and_locks_and_no_pair_mixes_two_sessions() throws IOException {
    Exports.export(corpus, pooled(Format.DPO));
    assertThat(Files.readAllLines(out.resolve("dpo.jsonl")))
        .hasSize(2)
        .anyMatch(row -> row.contains("pooled high") && row.contains("pooled low"))
        .anyMatch(row -> row.contains("pooled locked") && row.contains("pooled loser"));
  }

  private ExportRequest pooled(Format format) {
    return ExportRequest.of(format, out).withSession("S1").withPooled(List.of("S2"));
  }

  private static Attempt attempt(
      String id, String session, String output, @Nullable Integer score) {
    return new Attempt(
        id,
        "rollout-" + id,
        "L1",
        session,
        1,
        score == null ? AttemptKind.UNSCORED : AttemptKind.SCORED,
        "A1",
        1,
        "p",
        "Where is it?",
        output,
        null,
        new ModelSettings("m", null, null, null),
        score == null ? null : new Score(score, null, "event-" + id, InMemoryCorpus.NOON),
        "artifact-" + id,
        "done-" + id,
        InMemoryCorpus.NOON + id.hashCode(),
        1L);
  }
}
