package dev.lightningbridge.demo;

import dev.lightningbridge.camp.CampSchema;
import dev.lightningbridge.common.WholeFile;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Makes a Training Camp database, version 9, as the app would have written it: sessions whose
 * agents the sandbox plays, with scores, comments, directives and locks by a simulated person. The
 * same seed makes the same rows.
 */
public final class SampleDatabase {
  private static final long BEGIN = 1_768_204_800_000L;
  private static final long WEEK_MS = 7 * 86_400_000L;

  private SampleDatabase() {}

  /**
   * What was made.
   *
   * @param sandboxSeed the seed of the sandbox whose judge agrees with the scores
   */
  public record Summary(Path file, long sandboxSeed, List<SampleSession> sessions) {}

  /**
   * A session of it.
   *
   * @param inputs distinct inputs that its agents were run on
   * @param attempts runs of its agents, without the analysis runs
   * @param scored attempts with a current score
   * @param failed attempts without an output
   * @param analysed runs that the app made of its own
   */
  public record SampleSession(
      String id,
      String name,
      SandboxDomain domain,
      int lineages,
      int agentVersions,
      int inputs,
      int attempts,
      int scored,
      int failed,
      int analysed) {}

  /** Makes the database; an earlier file of that name is replaced once the new one is whole. */
  public static Summary create(Path file, long seed) {
    try {
      Path draft = Files.createTempFile("sample", ".db");
      try {
        Files.delete(draft);
        List<SampleSession> sessions = play(draft, seed);
        WholeFile.write(file, out -> Files.copy(draft, out));
        return new Summary(file, seed, sessions);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("the sample database cannot be made", e);
    }
  }

  private static List<SampleSession> play(Path file, long seed) throws SQLException {
    SplittableRandom random = new SplittableRandom(seed);
    SamplePlan plan = SamplePlan.load();
    SampleAgents agents = new SampleAgents(SandboxModel.ofSeed(seed));
    SandboxTruth truth = SandboxTruth.ofSeed(seed);
    List<SampleSession> sessions = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      try (Statement statement = connection.createStatement()) {
        // Only the finished file counts.
        statement.execute("PRAGMA synchronous = OFF");
      }
      connection.setAutoCommit(false);
      CampSchema.create(connection);
      CampApp app = new CampApp(connection, () -> uuid(random));
      for (SamplePlan.SessionPlan session : plan.sessions()) {
        long begin = BEGIN + sessions.size() * WEEK_MS;
        sessions.add(
            new SessionPlay(plan, session, app, agents, truth, random.split(), begin).play());
      }
      connection.commit();
    }
    return sessions;
  }

  /** A version 4 UUID. */
  private static UUID uuid(SplittableRandom random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
    return new UUID(high, low);
  }
}
