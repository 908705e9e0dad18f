package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.grading.ScoreCorrection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Fits a {@link ScoreCorrection} by isotonic regression (pool adjacent violators: Ayer et al.,
 * 1955). Between scores that the judge gave it goes straight, outside of them it stays.
 */
final class IsotonicFit {
  private static final int SCORES = 10;
  private static final int FOLDS = 5;

  private IsotonicFit() {}

  /** The correction that fits these pairs best. */
  static ScoreCorrection of(int[] judge, int[] people) {
    TreeMap<Integer, Block> byJudge = new TreeMap<>();
    for (int i = 0; i < judge.length; i++) {
      byJudge.merge(judge[i], new Block(judge[i], judge[i], people[i], 1), Block::with);
    }
    List<Block> blocks = new ArrayList<>();
    for (Block next : byJudge.values()) {
      blocks.add(next);
      while (blocks.size() > 1 && blocks.get(blocks.size() - 2).mean() >= blocks.getLast().mean()) {
        blocks.add(blocks.removeLast().with(blocks.removeLast()));
      }
    }
    List<Double> values = new ArrayList<>();
    for (int score = 1; score <= SCORES; score++) {
      values.add(at(score, blocks));
    }
    return new ScoreCorrection(values);
  }

  /**
   * What a correction fitted to the other outputs makes of each score, in five parts: an honest
   * forecast of how it does on outputs that it has not seen.
   */
  static double[] forecasts(int[] judge, int[] people, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, judge.length).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    double[] forecasts = new double[judge.length];
    for (int fold = 0; fold < FOLDS; fold++) {
      int part = fold;
      int[] others =
          IntStream.range(0, order.size())
              .filter(place -> place % FOLDS != part)
              .map(order::get)
              .toArray();
      ScoreCorrection fitted = of(picked(judge, others), picked(people, others));
      for (int place = part; place < order.size(); place += FOLDS) {
        int i = order.get(place);
        forecasts[i] = fitted.apply(judge[i]);
      }
    }
    return forecasts;
  }

  private static int[] picked(int[] values, int[] indices) {
    return Arrays.stream(indices).map(i -> values[i]).toArray();
  }

  private static double at(int score, List<Block> blocks) {
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      if (score <= block.last) {
        if (score >= block.first || i == 0) {
          return block.mean();
        }
        Block before = blocks.get(i - 1);
        double way = (score - before.last) / (double) (block.first - before.last);
        return before.mean() + way * (block.mean() - before.mean());
      }
    }
    return blocks.getLast().mean();
  }

  /** Judge's scores in a row that are corrected to one value. */
  private record Block(int first, int last, double sum, int count) {
    double mean() {
      return sum / count;
    }

    Block with(Block other) {
      return new Block(
          Math.min(first, other.first),
          Math.max(last, other.last),
          sum + other.sum,
          count + other.count);
    }
  }
}
