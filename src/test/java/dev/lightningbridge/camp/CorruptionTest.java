package dev.lightningbridge.camp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever happens to a file's bytes, reading it ends with a corpus or with one clear error. */
class CorruptionTest {
  private static Path folder;
  private static byte[] whole;

  @BeforeContainer
  static void makeDatabase() throws IOException {
    folder = Files.createTempDirectory("corruption");
    Path file = folder.resolve("whole.db");
    try (CampFixture camp = CampFixture.create(file, 9)) {
      String session = camp.session("Support", "Answer tickets", "Ticket 1");
      String lineage = camp.lineage(session, "A");
      String agent = camp.agent(lineage, "Be brief.");
      for (int i = 1; i <= 30; i++) {
        camp.score(camp.run(agent, i, "Ticket " + i, "Answer ".repeat(i)).artifactId(), 7, "ok");
        camp.analysis(agent, "Ticket", "Answer");
      }
      camp.lock(lineage, java.util.List.of());
    }
    whole = Files.readAllBytes(file);
  }

  @AfterContainer
  static void removeDatabase() throws IOException {
    for (String name : new String[] {"whole.db", "broken.db"}) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void any_corruption_of_bytes_yields_a_corpus_or_one_error(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int changes) throws IOException {
    Random random = new Random(seed);
    byte[] broken = whole.clone();
    for (int i = 0; i < changes; i++) {
      broken[random.nextInt(broken.length)] = (byte) random.nextInt();
    }
    if (random.nextInt(4) == 0) {
      broken = Arrays.copyOf(broken, random.nextInt(broken.length));
    }
    Path file = Files.write(folder.resolve("broken.db"), broken);
    assertThat(readsOrRefuses(file)).isTrue();
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void any_corruption_of_the_header_or_schema_yields_a_corpus_or_one_error(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int changes) throws IOException {
    Random random = new Random(seed);
    byte[] broken = whole.clone();
    for (int i = 0; i < changes; i++) {
      broken[16 + random.nextInt(4 * 4096)] = (byte) random.nextInt();
    }
    Path file = Files.write(folder.resolve("broken.db"), broken);
    assertThat(readsOrRefuses(file)).isTrue();
  }

  private static boolean readsOrRefuses(Path file) {
    try (CampDatabase database = CampDatabase.open(file, CampDatabase.Options.DEFAULT)) {
      Corpus corpus = database.corpus();
      corpus.attempts().forEach(attempt -> corpus.spans(attempt.id()));
      corpus.events().forEach(event -> {});
      corpus.agentVersions();
      corpus.locks();
      corpus.directives();
      corpus.testCases();
      return corpus.skipped() != null;
    } catch (BridgeException refused) {
      return refused.code() instanceof CampError;
    }
  }
}
