package dev.lightningbridge.cli.options;

import dev.lightningbridge.runs.request.RunPolicy;
import picocli.CommandLine.Option;

/** What follows from the sealed test. */
public final class PolicyOptions {
  @Option(
      names = "--auto-promote",
      description = "Write the winner into the database at once if the verdict is PROMOTE.")
  boolean autoPromote;

  @Option(
      names = "--accept-judge",
      description =
          "Let the judge decide even if it agrees too little with people or was not tested.")
  boolean acceptJudge;

  @Option(
      names = "--no-regression",
      description =
          "HOLD also a prompt that is better on the whole if it is significantly worse on a group"
              + " of sealed test tasks, or did worse on a group that is too small to rule out"
              + " chance. Groups are made by the \"tag\" of the tasks.")
  boolean noRegression;

  @Option(
      names = "--least-effect",
      paramLabel = "GAIN",
      defaultValue = "" + RunPolicy.LEAST_EFFECT,
      description =
          "HOLD where the mean reward, 0 to 1, gains less than this (default: ${DEFAULT-VALUE}).")
  double leastEffect;

  @Option(
      names = "--no-early-stop",
      description =
          "Run all sealed test tasks. Else the test ends as soon as the winner is shown to be"
              + " better; but not with --no-regression, nor where tasks have tags.")
  boolean noEarlyStop;

  /**
   * @throws dev.lightningbridge.common.BridgeException where the least effect is not 0 to 1
   */
  public RunPolicy policy() {
    if (!(leastEffect >= 0 && leastEffect <= 1)) {
      throw CliError.option("a gain in mean reward is 0 to 1", "--least-effect");
    }
    return new RunPolicy(autoPromote, acceptJudge, noRegression, leastEffect, !noEarlyStop);
  }
}
