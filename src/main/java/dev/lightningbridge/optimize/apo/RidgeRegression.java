package dev.lightningbridge.optimize.apo;

import java.util.List;

/** Least squares with a ridge, over groups of observations that each have their own level. */
final class RidgeRegression {
  private final double[][] squares;
  private final double[] products;

  RidgeRegression(int features, double ridge) {
    squares = new double[features][features];
    products = new double[features];
    for (int i = 0; i < features; i++) {
      squares[i][i] = ridge;
    }
  }

  /** Adds observations that share an unknown level: only the differences between them count. */
  void addGroup(List<double[]> features, List<Double> values) {
    double level = values.stream().mapToDouble(v -> v).average().orElse(0);
    double[] usual = new double[products.length];
    for (double[] x : features) {
      for (int i = 0; i < x.length; i++) {
        usual[i] += x[i] / features.size();
      }
    }
    for (int n = 0; n < features.size(); n++) {
      double[] x = features.get(n).clone();
      for (int i = 0; i < x.length; i++) {
        x[i] -= usual[i];
      }
      add(x, values.get(n) - level);
    }
  }

  private void add(double[] x, double value) {
    for (int i = 0; i < x.length; i++) {
      if (x[i] != 0) {
        products[i] += x[i] * value;
        for (int j = 0; j < x.length; j++) {
          squares[i][j] += x[i] * x[j];
        }
      }
    }
  }

  Solution solve() {
    return new Solution(inverse(squares), products.clone());
  }

  /** The estimates and how sure they are. */
  static final class Solution {
    private final double[][] inverse;
    private final double[] products;

    private Solution(double[][] inverse, double[] products) {
      this.inverse = inverse;
      this.products = products;
    }

    double estimate(int feature) {
      double sum = 0;
      for (int j = 0; j < products.length; j++) {
        sum += inverse[feature][j] * products[j];
      }
      return sum;
    }

    /** The estimate's standard error, in standard deviations of an observation. */
    double relativeError(int feature) {
      return Math.sqrt(inverse[feature][feature]);
    }
  }

  /** Gauss and Jordan; the ridge makes the matrix positive definite, so that no pivot is zero. */
  private static double[][] inverse(double[][] matrix) {
    int size = matrix.length;
    double[][] left = new double[size][];
    double[][] right = new double[size][size];
    for (int i = 0; i < size; i++) {
      left[i] = matrix[i].clone();
      right[i][i] = 1;
    }
    for (int pivot = 0; pivot < size; pivot++) {
      double scale = 1 / left[pivot][pivot];
      scale(left[pivot], scale);
      scale(right[pivot], scale);
      for (int row = 0; row < size; row++) {
        double factor = left[row][pivot];
        if (row != pivot && factor != 0) {
          subtract(left[row], left[pivot], factor);
          subtract(right[row], right[pivot], factor);
        }
      }
    }
    return right;
  }

  private static void scale(double[] row, double factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] *= factor;
    }
  }

  private static void subtract(double[] row, double[] other, double factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] -= factor * other[i];
    }
  }
}
