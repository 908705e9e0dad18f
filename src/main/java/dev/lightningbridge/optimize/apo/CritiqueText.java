package dev.lightningbridge.optimize.apo;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a critic wrote, read.
 *
 * @param points what is to be changed; without the line about labels
 * @param changesNothing whether the prompt is to stay as it is
 * @param doubted the tasks, by id, of the runs in which what is expected looks wrong
 */
record CritiqueText(String points, boolean changesNothing, Set<String> doubted) {
  private static final Pattern NO_CHANGE =
      Pattern.compile("(?:critique:)?[\\s\\W]*no change[\\s\\W]*", Pattern.CASE_INSENSITIVE);

  private static final Pattern DOUBT =
      Pattern.compile(
          "(?m)^[ \\t>*_-]*labels? looks? wrong[ \\t*_]*:(.*)$\\R?", Pattern.CASE_INSENSITIVE);

  private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

  /**
   * @param shown the runs and notes that the critic was shown, numbered from 1
   */
  static CritiqueText of(String text, List<Experiment> shown) {
    Set<String> doubted = new LinkedHashSet<>();
    DOUBT
        .matcher(text)
        .results()
        .flatMap(line -> NUMBER.matcher(line.group(1)).results())
        .map(number -> Integer.parseInt(number.group()))
        .filter(number -> number >= 1 && number <= shown.size())
        .forEach(
            number -> {
              if (shown.get(number - 1) instanceof Experiment.Run run) {
                doubted.add(run.rollout().task().id());
              }
            });
    String points = DOUBT.matcher(text).find() ? DOUBT.matcher(text).replaceAll("").strip() : text;
    return new CritiqueText(points, isNoChange(points) || isLeftEmpty(points, text), doubted);
  }

  /** Nothing but the line about labels. */
  private static boolean isLeftEmpty(String points, String text) {
    return points.isBlank() && !text.isBlank();
  }

  /** Whether a critique or an edit says that the prompt is to stay as it is. */
  static boolean isNoChange(String text) {
    return NO_CHANGE.matcher(text).matches();
  }
}
