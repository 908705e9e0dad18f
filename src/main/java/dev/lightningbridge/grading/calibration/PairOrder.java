package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.grading.calibration.CalibrationReport.Judged;
import java.util.List;

/**
 * Pairs of outputs of one lineage that people scored differently: what a search needs of its judge
 * is that it puts these in the right order.
 *
 * @param inOrder pairs that the judge orders as people do, ties counted half
 */
record PairOrder(int pairs, double inOrder) {
  static PairOrder of(List<Judged> judged) {
    int pairs = 0;
    double inOrder = 0;
    for (int i = 0; i < judged.size(); i++) {
      for (int k = i + 1; k < judged.size(); k++) {
        Judged a = judged.get(i);
        Judged b = judged.get(k);
        int people = Integer.compare(a.output().score(), b.output().score());
        if (people != 0 && a.output().lineage().equals(b.output().lineage())) {
          int judge = Integer.compare(a.score(), b.score());
          pairs++;
          inOrder += judge == people ? 1 : judge == 0 ? 0.5 : 0;
        }
      }
    }
    return new PairOrder(pairs, inOrder);
  }

  double share() {
    return inOrder / pairs;
  }
}
