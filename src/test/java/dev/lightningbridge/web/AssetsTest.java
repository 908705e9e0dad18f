package dev.lightningbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssetsTest {
  @Test
  void files_of_other_projects_are_there_in_the_versions_of_the_build() throws Exception {
    for (String name : List.of("htmx.js", "echarts.js", "report.css")) {
      try (InputStream in = (InputStream) new Assets().file(name).getEntity()) {
        assertThat(in.readAllBytes()).as(name).hasSizeGreaterThan(5_000);
      }
    }
  }
}
