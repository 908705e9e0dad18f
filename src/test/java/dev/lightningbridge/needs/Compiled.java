package dev.lightningbridge.needs;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Java files outside the tests' own, such as those of docs/examples, compiled with what tests have.
 */
public final class Compiled {
  private Compiled() {}

  /** Examples by their names. */
  public static void examples(Path classes, String... names) {
    files(classes, Stream.of(names).map(name -> "docs/examples/" + name + ".java").toList());
  }

  public static void files(Path classes, List<String> files) {
    List<String> words =
        List.of(
            "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                Stream.concat(words.stream(), files.stream()).toArray(String[]::new));
    if (status != 0) {
      throw new AssertionError("not compiled: " + files);
    }
  }
}
