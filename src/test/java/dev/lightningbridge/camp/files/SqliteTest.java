package dev.lightningbridge.camp.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.BridgeException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.sqlite.NativeLibraryNotFoundException;

class SqliteTest {
  @Test
  void a_full_temporary_folder_which_sqlite_is_unpacked_into_is_no_damage_of_the_database() {
    SQLException cannotStart =
        new SQLException(
            "Error opening connection", new NativeLibraryNotFoundException("No native library"));
    BridgeException error = Sqlite.failure(cannotStart, Path.of("camp.db"));
    assertThat(error.code()).isEqualTo(CampError.SQLITE_UNUSABLE);
    assertThat(error).hasMessageContaining("temporary folder");
  }
}
