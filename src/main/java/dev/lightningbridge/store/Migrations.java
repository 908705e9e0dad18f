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
 * The schema of bridge.db by version. The files are named here, not searched for on the class path:
 * quicker, and the same in every kind of packaging.
 */
final class Migrations implements ResourceProvider {
  static final List<String> FILES =
      List.of(
          "V1__runs.sql",
          "V2__judges.sql",
          "V3__resume.sql",
          "V4__queue.sql",
          "V5__schedule.sql",
          "V6__decisions.sql");

  /** The version that this program writes; kept in the file as its {@code user_version}. */
  static final int VERSION = FILES.size();

  private static final String FOLDER = "/db/bridge/";

  static void apply(DataSource source) {
    // By name, Flyway would look for it in its own class loader, which need not be ours.
    LogFactory.setLogCreator(new QuietLog());
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .resourceProvider(new Migrations())
        .javaMigrationClassProvider(List::of)
        .load()
        .migrate();
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return FILES.contains(name) ? new Migration(name) : null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return FILES.stream()
        .filter(name -> name.startsWith(prefix))
        .filter(name -> List.of(suffixes).stream().anyMatch(name::endsWith))
        .<LoadableResource>map(Migration::new)
        .toList();
  }

  private static final class Migration extends LoadableResource {
    private final String name;

    Migration(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      InputStream in = Migrations.class.getResourceAsStream(FOLDER + name);
      if (in == null) {
        throw new IllegalStateException("missing from the program: " + FOLDER + name);
      }
      return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return FOLDER + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return FOLDER + name;
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
