package dev.lightningbridge.optimize;

import java.util.Random;

/** What simulated people and judges think of simulated outputs. */
final class Opinions {
  /** Of people's scores, in points. */
  static final double PEOPLE = 0.7;

  private final Random random;

  Opinions(Random random) {
    this.random = random;
  }

  /** How well a prompt does on a task of medium, lower or higher difficulty, 0 to 1. */
  double skill() {
    return 0.25 + 0.5 * random.nextDouble();
  }

  /** Of one output, 1 to 10. */
  double quality(double skill) {
    return Math.clamp(1 + 9 * skill + 1.8 * random.nextGaussian(), 1, 10);
  }

  /** What somebody with so much noise, in points, sees in it: 1 to 10. */
  int score(double quality, double noise) {
    return (int) Math.clamp(Math.rint(quality + noise * random.nextGaussian()), 1, 10);
  }
}
