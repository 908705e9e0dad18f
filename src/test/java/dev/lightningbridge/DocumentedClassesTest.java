package dev.lightningbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentedClassesTest {
  private static final List<Path> PAGES =
      List.of(Path.of("docs/CONTRIBUTING.md"), Path.of("docs/architecture.md"));
  private static final Pattern NAME =
      Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.([a-z]\\w*))?(?:\\(\\))?`");
  private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum) (\\w+)");

  @Test
  void classes_and_methods_that_the_pages_for_developers_name_are_there() throws IOException {
    Map<String, String> sources = sources();
    int names = 0;
    for (Path page : PAGES) {
      Matcher name = NAME.matcher(Files.readString(page));
      while (name.find()) {
        assertThat(sources).as("named in %s", page).containsKey(name.group(1));
        if (name.group(2) != null) {
          assertThat(sources.get(name.group(1)))
              .as("%s in %s", name.group(), page)
              .containsPattern("\\b%s\\b".formatted(name.group(2)));
        }
        names++;
      }
    }
    assertThat(names).isGreaterThan(60);
  }

  /** The source that holds a type, by the type's name. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        TYPE.matcher(source).results().forEach(type -> sources.put(type.group(1), source));
      }
    }
    return sources;
  }
}
