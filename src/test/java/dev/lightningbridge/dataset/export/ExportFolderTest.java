package dev.lightningbridge.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.InMemoryCorpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFolderTest {
  private final InMemoryCorpus corpus = InMemoryCorpus.withAgent("p").attempt("a1", "x", "y", 7);

  @TempDir Path folder;

  @Test
  void a_missing_folder_is_made() {
    Exports.export(corpus, ExportRequest.of(Format.REWARDS, folder.resolve("a/b")));
    assertThat(folder.resolve("a/b/rewards.jsonl")).exists();
  }

  @Test
  void other_files_of_the_folder_stay_and_an_earlier_export_is_replaced() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.writeString(folder.resolve("rewards.jsonl"), "old");
    Exports.export(corpus, ExportRequest.of(Format.REWARDS, folder));
    assertThat(folder.resolve("notes.txt")).hasContent("mine");
    assertThat(Files.readString(folder.resolve("rewards.jsonl"))).contains("\"a1\"");
    assertThat(files()).containsExactlyInAnyOrder("notes.txt", "rewards.jsonl");
  }

  @Test
  void a_file_in_the_place_of_the_folder_is_an_error() throws IOException {
    Path file = Files.writeString(folder.resolve("out"), "a file");
    assertThatThrownBy(() -> Exports.export(corpus, ExportRequest.of(Format.TASKS, file)))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-2022")
        .hasMessageContaining("--out");
    assertThat(file).hasContent("a file");
  }

  @Test
  void a_folder_in_the_place_of_one_file_is_an_error_before_any_other_is_replaced()
      throws IOException {
    Files.writeString(folder.resolve("rollouts.jsonl"), "earlier rollouts");
    Files.createDirectory(folder.resolve("spans.jsonl"));
    assertThatThrownBy(() -> Exports.export(corpus, ExportRequest.of(Format.ROLLOUTS, folder)))
        .hasMessageContaining("LB-2022")
        .hasMessageContaining("spans.jsonl");
    assertThat(folder.resolve("rollouts.jsonl")).hasContent("earlier rollouts");
    assertThat(files()).hasSize(2);
  }

  @Test
  void a_folder_that_may_not_be_written_is_an_error() {
    assertThatThrownBy(
            () -> Exports.export(corpus, ExportRequest.of(Format.TASKS, Path.of("/proc/self"))))
        .hasMessageContaining("LB-2022");
  }

  @Test
  void what_breaks_off_part_way_leaves_earlier_files_untouched_and_nothing_else()
      throws IOException {
    Files.writeString(folder.resolve("rollouts.jsonl"), "earlier rollouts");
    Files.writeString(folder.resolve("spans.jsonl"), "earlier spans");

    assertThatThrownBy(
            () -> Exports.export(breakingOff(), ExportRequest.of(Format.ROLLOUTS, folder)))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-2023")
        .hasMessageContaining("No space left on device");

    assertThat(folder.resolve("rollouts.jsonl")).hasContent("earlier rollouts");
    assertThat(folder.resolve("spans.jsonl")).hasContent("earlier spans");
    assertThat(files()).hasSize(2);
  }

  /** The corpus, whose second attempt cannot be had. */
  private Corpus breakingOff() {
    return (Corpus)
        Proxy.newProxyInstance(
            Corpus.class.getClassLoader(),
            new Class<?>[] {Corpus.class},
            (proxy, method, args) ->
                method.getName().equals("attempts")
                    ? Stream.concat(corpus.attempts(), Stream.generate(this::noRoom))
                    : method.invoke(corpus, args));
  }

  private Attempt noRoom() {
    throw new UncheckedIOException(new IOException("No space left on device"));
  }

  private Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList().stream();
    }
  }
}
