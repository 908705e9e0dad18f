package dev.lightningbridge.store;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.logging.LogFactory;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The schema by version, for each kind of database. The files are named here, not searched for on
 * the class path: quicker, and the same in every kind of packaging.
 */
final class Migrations implements ResourceProvider {
  static final List<String> FILES =
      List.of(
          "V1__runs.sql",
          "V2__judges.sql",
          "V3__resume.sql",
          "V4__queue.sql",
          "V5__schedule.sql",
          "V6__decisions.sql",
          "V7__models.sql",
          "V8__judge_session.sql",
          "V9__queued_at.sql",
          "V10__turned_down.sql",
          "V11__findings.sql",
          "V12__openings.sql",
          "V13__sealed_inputs.sql",
          "V15__agent_rollouts.sql",
          "V18__opened_tasks.sql",
          "V19__external_grades.sql",
          "V23__people.sql",
          "V24__agl.sql");

  /** The same for PostgreSQL, which came later and so has fewer. */
  static final List<String> POSTGRESQL_FILES =
      List.of(
          "V1__all.sql",
          "V2__decisions.sql",
          "V3__models.sql",
          "V4__judge_session.sql",
          "V5__queued_at.sql",
          "V6__turned_down.sql",
          "V7__findings.sql",
          "V8__openings.sql",
          "V9__sealed_inputs.sql",
          "V11__agent_rollouts.sql",
          "V14__opened_tasks.sql",
          "V15__external_grades.sql",
          "V19__people.sql",
          "V20__agl.sql");

  static final Migrations SQLITE = new Migrations("/db/bridge/", FILES);
  static final Migrations POSTGRESQL = new Migrations("/db/postgresql/", POSTGRESQL_FILES);

  private final String folder;
  private final List<String> files;

  private Migrations(String folder, List<String> files) {
    this.folder = folder;
    this.files = files;
  }

  /** The version that this program writes; a SQLite file keeps it as its {@code user_version}. */
  int version() {
    String last = files.getLast();
    return Integer.parseInt(last.substring(1, last.indexOf("__")));
  }

  void apply(DataSource source) {
    // By name, Flyway would look for it in its own class loader, which need not be ours.
    LogFactory.setLogCreator(new QuietLog());
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .resourceProvider(this)
        .javaMigrationClassProvider(List::of)
        .load()
        .migrate();
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return files.contains(name) ? new Migration(folder, name) : null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return files.stream()
        .filter(name -> name.startsWith(prefix))
        .filter(name -> List.of(suffixes).stream().anyMatch(name::endsWith))
        .<LoadableResource>map(name -> new Migration(folder, name))
        .toList();
  }

  private static final class Migration extends LoadableResource {
    private final String folder;
    private final String name;

    Migration(String folder, String name) {
      this.folder = folder;
      this.name = name;
    }

    @Override
    public Reader read() {
      InputStream in = Migrations.class.getResourceAsStream(folder + name);
      if (in == null) {
        throw new IllegalStateException("missing from the program: " + folder + name);
      }
      return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return folder + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return folder + name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
