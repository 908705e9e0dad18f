package dev.lightningbridge.cli;

import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.runs.EngineChoice;
import dev.lightningbridge.runs.SearchStrategy;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/** What a shell offers for options whose values are words of ours. */
final class OptionValues {
  private OptionValues() {}

  /** Of {@code --engine}. */
  static final class Engines implements Iterable<String> {
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
