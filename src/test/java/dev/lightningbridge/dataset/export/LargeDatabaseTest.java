package dev.lightningbridge.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.camp.CampDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The benchmark's database, made small: sound rows only, and something for every format. */
class LargeDatabaseTest {
  @TempDir static Path folder;

  @BeforeAll
  static void make() throws Exception {
    LargeDatabase.make(folder.resolve("camp.db"), 2_000, 1);
  }

  @ParameterizedTest
  @EnumSource
  void every_format_finds_rows_and_nothing_bad(Format format) {
    try (CampDatabase database =
        CampDatabase.open(folder.resolve("camp.db"), CampDatabase.Options.DEFAULT)) {
      ExportReport report =
          Exports.export(database.corpus(), ExportRequest.of(format, folder.resolve("out")));
      assertThat(report.files()).allMatch(file -> file.rows() > 0);
      assertThat(report.skipped()).isEmpty();
      assertThat(report.files()).allMatch(file -> Files.exists(file.path()));
    }
  }
}
