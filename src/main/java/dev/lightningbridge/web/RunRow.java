package dev.lightningbridge.web;

import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.ComparedRun;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A run in the list of all.
 *
 * @param verdict PROMOTE, HOLD or a dash; {@code effect}, its {@code interval} and {@code cost}
 *     likewise in words
 */
record RunRow(
    RunName name, String verdict, String effect, String interval, String cost, String engine) {
  private static final String NOTHING = "–";

  static RunRow of(StoredRun run, RunStore runs) {
    ComparedRun compared = ComparedRun.of(run, runs);
    return new RunRow(
        RunName.of(run, runs),
        compared.verdict().orElse(NOTHING),
        compared.effect().orElse(NOTHING),
        compared.interval().orElse(""),
        compared.cost(),
        compared.engine());
  }

  /** Whether each of the words is somewhere in what the row says. */
  boolean says(String words) {
    String all =
        String.join(" ", name.title(), name.database(), name.id(), name.state(), verdict, engine)
            .toLowerCase(Locale.ROOT);
    return Stream.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+", -1))
        .allMatch(all::contains);
  }
}
