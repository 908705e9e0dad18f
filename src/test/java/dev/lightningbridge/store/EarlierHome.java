package dev.lightningbridge.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.GZIPInputStream;

/**
 * A home folder that the release before rooms and doors has made (version 13 of bridge.db), with
 * its database of one session of four lineages: of A a model was trained, of B a prompt was
 * promoted and another one held, of C a proposal waits, and of D a run was killed in its search;
 * and a schedule that is off, and a test of a judge. All of it is kept as SQL, the folder's path in
 * it as {@code /unpacked}.
 */
public final class EarlierHome {
  public static final String SESSION = "00000000-0000-4000-8000-000000000001";
  public static final String TRAINED = "56f65a5e-31b0-438d-bffa-f33e66a45207";
  public static final String PROMOTED = "3cbf58f6-49f2-49aa-a097-b3c5a88e78b8";
  public static final String HELD = "2a1951c1-ba7a-48e4-b7e8-4238d48764ef";
  public static final String WAITING = "729d6d80-0cd3-44d7-a6b0-2db609ba42b9";
  public static final String KILLED = "9107549b-dbe1-4f80-84b9-5aaa78afebe6";
  public static final String SCHEDULE = "nightly";

  /** What the run that was killed had answered when it was. */
  public static final int CALLS_BEFORE = 74;

  private final Path folder;

  private EarlierHome(Path folder) {
    this.folder = folder;
  }

  /** Unpacks it into an empty folder. */
  public static EarlierHome in(Path folder) {
    EarlierHome home = new EarlierHome(folder);
    try {
      Files.createDirectories(home.path());
      Files.createDirectories(home.camp().getParent());
      home.make(home.camp(), "camp");
      home.make(home.bridge(), "bridge");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return home;
  }

  public Path path() {
    return folder.resolve("home");
  }

  public Path camp() {
    return folder.resolve("databases").resolve("camp.db");
  }

  public Path bridge() {
    return path().resolve("bridge.db");
  }

  private void make(Path file, String name) throws IOException, SQLException {
    String sql;
    try (InputStream packed =
        EarlierHome.class.getResourceAsStream("/earlier-home/" + name + ".sql.gz")) {
      sql = new String(new GZIPInputStream(packed).readAllBytes(), StandardCharsets.UTF_8);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          sql.replace("/unpacked/camp.db", camp().toString())
              .replace("/unpacked/", folder.toString() + "/"));
    }
  }
}
