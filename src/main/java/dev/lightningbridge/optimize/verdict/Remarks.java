package dev.lightningbridge.optimize.verdict;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.Places;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a winner without a guess, from its text and its rollouts: task texts that it
 * holds word for word, outputs that are all the same, labels that are never right any more, places
 * of the start that are gone, and growth.
 */
public final class Remarks {
  /** In UTF-8. Shorter texts may stand in a prompt by chance, or are labels that it has to name. */
  private static final int FEWEST_BYTES = 24;

  private static final int FEWEST_OUTPUTS = 5;
  private static final int LONGEST_LABEL = 40;
  private static final int MOST_LABELS = 20;
  private static final int SHOWN = 80;

  /** From so many times its length on, and so many characters more, growth is worth a remark. */
  private static final double GROWTH = 1.5;

  private static final int GROWTH_CHARACTERS = 200;

  private Remarks() {}

  /**
   * The remarks on a prompt, each a sentence.
   *
   * @param tasks all of the run's
   * @param pairs both prompts' rollouts on the sealed test tasks
   */
  public static List<String> of(
      String start, String winner, List<Task> tasks, List<PairedRollout> pairs) {
    if (start.equals(winner)) {
      return List.of();
    }
    List<String> remarks = new ArrayList<>();
    copied(start, winner, tasks, pairs, remarks);
    sameOutputs(pairs, remarks);
    lostLabels(pairs, remarks);
    Places.lost(start, winner).ifPresent(remarks::add);
    if (winner.length() >= GROWTH * start.length()
        && winner.length() >= start.length() + GROWTH_CHARACTERS) {
      remarks.add(
          "The prompt grew from %s to %s characters."
              .formatted(Figures.count(start.length()), Figures.count(winner.length())));
    }
    return remarks;
  }

  private static void copied(
      String start,
      String winner,
      List<Task> tasks,
      List<PairedRollout> pairs,
      List<String> remarks) {
    String before = InputKey.normalised(start);
    String now = InputKey.normalised(winner);
    Set<String> sealed = pairs.stream().map(pair -> pair.task().id()).collect(toSet());
    copied("task input", Task::input, before, now, tasks, sealed, remarks);
    copied(
        "expected answer",
        task -> Objects.requireNonNullElse(task.expectedText(), ""),
        before,
        now,
        tasks,
        sealed,
        remarks);
  }

  private static void copied(
      String kind,
      Function<Task, String> text,
      String before,
      String now,
      List<Task> tasks,
      Set<String> sealed,
      List<String> remarks) {
    List<Task> held =
        tasks.stream()
            .filter(
                task -> {
                  String normal = InputKey.normalised(text.apply(task));
                  return normal.getBytes(StandardCharsets.UTF_8).length >= FEWEST_BYTES
                      && now.contains(normal)
                      && !before.contains(normal);
                })
            .toList();
    if (held.isEmpty()) {
      return;
    }
    long ofTest = held.stream().filter(task -> sealed.contains(task.id())).count();
    remarks.add(
        "The new prompt holds %d %s%s word for word, %s of the sealed test's, such as \"%s\"."
            .formatted(
                held.size(),
                kind,
                held.size() == 1 ? "" : "s",
                ofTest == 0 ? "none" : Long.toString(ofTest),
                shown(text.apply(held.getFirst()))));
  }

  private static void sameOutputs(List<PairedRollout> pairs, List<String> remarks) {
    List<String> outputs =
        pairs.stream()
            .filter(PairedRollout::comparable)
            .map(pair -> pair.winner().output().strip())
            .toList();
    if (outputs.size() >= FEWEST_OUTPUTS && outputs.stream().distinct().count() == 1) {
      remarks.add(
          "All %d outputs of the new prompt are the same text: \"%s\"."
              .formatted(outputs.size(), shown(outputs.getFirst())));
    }
  }

  private static void lostLabels(List<PairedRollout> pairs, List<String> remarks) {
    Map<String, List<PairedRollout>> byLabel =
        pairs.stream()
            .filter(PairedRollout::comparable)
            .filter(pair -> isLabel(pair.task().expectedText()))
            .collect(
                groupingBy(
                    pair -> String.valueOf(pair.task().expectedText()), TreeMap::new, toList()));
    int labelled = byLabel.values().stream().mapToInt(List::size).sum();
    if (byLabel.size() > MOST_LABELS || 2 * byLabel.size() > labelled) {
      return;
    }
    byLabel.forEach(
        (label, of) -> {
          double before = mean(of.stream().map(pair -> pair.baseline().reward().orElseThrow()));
          double after = mean(of.stream().map(pair -> pair.winner().reward().orElseThrow()));
          if (before > 0 && after == 0) {
            remarks.add(
                ("Of the %d sealed test task%s whose answer is \"%s\" the new prompt gets none"
                        + " right any more; the current one's mean reward there is %s.")
                    .formatted(
                        of.size(), of.size() == 1 ? "" : "s", label, Figures.decimal(before)));
          }
        });
  }

  private static boolean isLabel(@Nullable String expected) {
    return expected != null && !expected.isBlank() && expected.length() <= LONGEST_LABEL;
  }

  private static double mean(Stream<Double> rewards) {
    return rewards.mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static String shown(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    boolean splitsPair = line.length() > SHOWN && Character.isHighSurrogate(line.charAt(SHOWN - 1));
    return line.length() <= SHOWN ? line : line.substring(0, splitsPair ? SHOWN - 1 : SHOWN) + "…";
  }
}
