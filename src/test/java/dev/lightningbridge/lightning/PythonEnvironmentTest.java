package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment is judged by its files; each thing missing is told with its remedy. */
class PythonEnvironmentTest {
  @TempDir Path folder;
  private Path home;
  private Path packages;

  @BeforeEach
  void make_a_whole_environment() throws IOException {
    home = folder.resolve("apo");
    packages = home.resolve("lib/python3.12/site-packages");
    MadeUpEnvironment.in(home, EnvironmentKind.APO);
  }

  @Test
  void a_whole_environment_is_found_and_described() {
    PythonEnvironment environment =
        PythonEnvironment.find(
            EnvironmentKind.APO, Map.of(EnvironmentKind.APO.variable(), home.toString()));

    assertThat(environment.version()).isEqualTo("3.12.1");
    assertThat(environment.jepLibrary()).isEqualTo(packages.resolve("jep/libjep.so"));
    assertThat(environment.describe())
        .isEqualTo("CPython 3.12.1, agentlightning 0.3.0, jep 4.3.1 in " + home);
  }

  @Test
  void the_version_is_also_read_as_python_itself_writes_it() throws IOException {
    Files.writeString(home.resolve("pyvenv.cfg"), "home = /usr/bin\nversion = 3.12.4\n");

    assertThat(PythonEnvironment.at(EnvironmentKind.APO, home).version()).isEqualTo("3.12.4");
  }

  @Test
  void without_the_variable_there_is_no_environment() {
    assertMissing(
        catchThrowableOfType(
            BridgeException.class, () -> PythonEnvironment.find(EnvironmentKind.APO, Map.of())),
        LightningError.ENVIRONMENT_MISSING,
        EnvironmentKind.APO.variable());
  }

  @Test
  void a_folder_that_is_gone_is_named() {
    home = folder.resolve("gone");

    assertMissing(problem(), LightningError.ENVIRONMENT_MISSING, home.toString());
  }

  @Test
  void a_set_up_that_broke_off_is_told() throws IOException {
    Files.delete(home.resolve(PythonEnvironment.COMPLETE));

    assertMissing(problem(), LightningError.ENVIRONMENT_BROKEN, "set-up was not finished");
  }

  @Test
  void a_missing_jep_library_is_told() throws IOException {
    Files.delete(packages.resolve("jep/libjep.so"));

    assertMissing(problem(), LightningError.ENVIRONMENT_BROKEN, "libjep.so");
  }

  @Test
  void another_agentlightning_is_told_with_both_versions() throws IOException {
    Files.move(
        packages.resolve("agentlightning-0.3.0.dist-info"),
        packages.resolve("agentlightning-1.0.0.dist-info"));

    assertMissing(
        problem(),
        LightningError.ENVIRONMENT_BROKEN,
        "agentlightning 0.3.0 is needed, 1.0.0 is installed");
  }

  @Test
  void a_python_that_is_too_new_is_told() throws IOException {
    Files.writeString(home.resolve("pyvenv.cfg"), "version_info = 3.14.0\n");

    assertMissing(problem(), LightningError.ENVIRONMENT_BROKEN, "3.14.0 is outside 3.10 to 3.13");
  }

  @Test
  void an_environment_without_its_packages_is_told() throws IOException {
    Files.delete(packages.resolve("jep-4.3.1.dist-info"));

    assertMissing(
        problem(), LightningError.ENVIRONMENT_BROKEN, "jep 4.3.1 is needed, none is installed");
  }

  private BridgeException problem() {
    return catchThrowableOfType(
        BridgeException.class, () -> PythonEnvironment.at(EnvironmentKind.APO, home));
  }

  private static void assertMissing(BridgeException error, LightningError code, String text) {
    assertThat(error).hasMessageContaining(text).hasMessageContaining("scripts/setup");
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.code().exit()).isEqualTo(ExitCode.ENVIRONMENT_MISSING);
  }
}
