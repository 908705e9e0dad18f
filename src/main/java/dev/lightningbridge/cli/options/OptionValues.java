package dev.lightningbridge.cli.options;

import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.SearchStrategy;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/** What a shell offers for options whose values are words of ours. */
public final class OptionValues {
  private OptionValues() {}

  /** Of {@code --engine}. */
  public static final class Engines implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(EngineChoice.values()).map(EngineChoice::label).iterator();
    }
  }

  /** Of {@code --strategy}. */
  static final class Strategies implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return words(SearchStrategy.values());
    }
  }

  /** Of {@code --grader}. */
  static final class Graders implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return words(GraderChoice.values());
    }
  }

  private static Iterator<String> words(Enum<?>[] values) {
    return Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).iterator();
  }
}
