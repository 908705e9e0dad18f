package dev.lightningbridge.grading;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lightningbridge.common.CommandWords;
import java.nio.file.Path;
import java.util.List;

/**
 * A grader of the user's, outside of this program. It gets {@code {task, input, expected, output,
 * messages}} and answers {@code {reward, note}}; the note may be left out.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ExternalGrader.Command.class, name = "command"),
  @JsonSubTypes.Type(value = ExternalGrader.Http.class, name = "http")
})
public sealed interface ExternalGrader {
  /** How long a grade may take where nothing is said, in seconds. */
  int TIMEOUT_SECONDS = 60;

  /** What results and reports call it: as it was given, or the name in a server's configuration. */
  String name();

  /** How long a grade may take. */
  int timeoutSeconds();

  /**
   * A program: what there is to grade on standard input, the grade on standard output, both JSON.
   *
   * @param folder where it is run
   */
  record Command(String name, List<String> words, Path folder, int timeoutSeconds)
      implements ExternalGrader {
    /**
     * Of a text as it is given: a JSON array of words, or words parted by spaces.
     *
     * @throws IllegalArgumentException where it is none; its message says why
     */
    public static Command of(String name, String text, int timeoutSeconds) {
      // Where the command was given, so that paths in it mean what they meant there.
      return new Command(name, CommandWords.of(text), Path.of("").toAbsolutePath(), timeoutSeconds);
    }
  }

  /** A service: what there is to grade by POST, the grade as its answer, both JSON. */
  record Http(String name, String url, int timeoutSeconds) implements ExternalGrader {}
}
