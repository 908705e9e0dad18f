package dev.lightningbridge.camp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(Need.APP_SAMPLES)
class CampSchemaTest {
  @Test
  void a_fresh_database_is_statement_for_statement_the_apps(@TempDir Path folder)
      throws SQLException {
    Path sample = Samples.file("empty.db");
    Path made = folder.resolve("made.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + made)) {
      CampSchema.create(connection);
    }
    assertThat(content(made)).isEqualTo(content(sample)).hasSizeGreaterThan(30);
  }

  private static List<String> content(Path file) throws SQLException {
    List<String> rows = new ArrayList<>();
    String sql =
        """
        SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master
        UNION ALL SELECT 'version ' || version FROM schema_version
        UNION ALL SELECT 'page ' || page_size FROM pragma_page_size
        UNION ALL SELECT 'journal ' || journal_mode FROM pragma_journal_mode
        """;
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:file:" + file + "?immutable=1");
        ResultSet found = connection.createStatement().executeQuery(sql)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }
}
