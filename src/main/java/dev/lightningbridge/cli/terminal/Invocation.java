package dev.lightningbridge.cli.terminal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the user called the command line, so that a command that they are told can be pasted as it
 * stands.
 *
 * @param program the name it was called by
 */
public record Invocation(String program, Path home) {
  private static final Path USUAL_HOME = Path.of(CommonOptions.USUAL_HOME);
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  /**
   * @param said what scripts/bridge says of its own name; null where it was not what started us
   */
  static Invocation of(@Nullable String said, Path home) {
    return new Invocation(said == null || said.isBlank() ? "bridge" : said, home);
  }

  /** A command line for a shell, with --home where that is not the usual one. */
  public String line(String... words) {
    Stream<String> ends =
        home.equals(USUAL_HOME) ? Stream.of() : Stream.of("--home", home.toString());
    return Stream.of(Stream.of(program), Arrays.stream(words), ends)
        .flatMap(part -> part)
        .map(Invocation::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
