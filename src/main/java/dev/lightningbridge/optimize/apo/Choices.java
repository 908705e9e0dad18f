package dev.lightningbridge.optimize.apo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** All the randomness of a search. Asked by one thread, in an order that never depends on time. */
interface Choices {
  /** One of the options, each with the same chance. */
  <T> T choice(List<T> options);

  /** So many different members, in random order. */
  <T> List<T> sample(List<T> population, int size);

  /** All members, in random order. */
  default <T> List<T> shuffled(List<T> list) {
    return sample(list, list.size());
  }

  /** Whether an event of that probability happens. */
  boolean chance(double probability);

  /** A draw from the normal distribution of mean 0 and deviation 1. */
  double gaussian();

  /** Choices that are the same whenever the generator is. */
  static Choices by(RandomGenerator random) {
    return new Choices() {
      @Override
      public <T> T choice(List<T> options) {
        return options.get(random.nextInt(options.size()));
      }

      @Override
      public <T> List<T> sample(List<T> population, int size) {
        List<T> all = new ArrayList<>(population);
        Collections.shuffle(all, random);
        return List.copyOf(all.subList(0, size));
      }

      @Override
      public boolean chance(double probability) {
        return random.nextDouble() < probability;
      }

      @Override
      public double gaussian() {
        return random.nextGaussian();
      }
    };
  }
}
