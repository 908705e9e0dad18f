package dev.lightningbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages speak of their fields, not of the command line's options. */
class PageWordsTest {
  @Test
  void a_field_is_named_by_its_label() {
    assertThat(PageWords.onPage("2 more at the least; give them with --tasks."))
        .isEqualTo("2 more at the least; give them with “Tasks beside the inputs of the session”.");
    assertThat(PageWords.onPage("--synthesize 60 has the model write them."))
        .isEqualTo("“Have the model write inputs until there are” has the model write them.");
  }

  @Test
  void an_option_in_brackets_is_left_out() {
    assertThat(PageWords.onPage("The limit of 60 calls (--max-calls) ended the search early."))
        .isEqualTo("The limit of 60 calls ended the search early.");
  }

  @Test
  void what_is_no_option_of_a_form_stays() {
    for (String same : new String[] {"a -- b", "--nodes 3", "well--tasks", ""}) {
      assertThat(PageWords.onPage(same)).isEqualTo(same);
    }
  }

  @Test
  void each_label_is_one_that_a_page_has() throws IOException {
    StringBuilder pages = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/templates"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        pages.append(Files.readString(file));
      }
    }
    for (String option :
        new String[] {
          "tasks", "only-given-tasks", "synthesize", "max-calls", "max-usd", "engine", "strategy",
          "grader", "model", "judge-model", "critic-model", "editor-model", "rounds", "seed",
          "least-effect", "no-regression", "base-model", "min-score", "steps", "allow-locked"
        }) {
      String label = PageWords.onPage("--" + option).replaceAll("[“”]", "");
      assertThat(label).doesNotStartWith("--");
      assertThat(pages).contains(">" + label + "<");
    }
  }
}
