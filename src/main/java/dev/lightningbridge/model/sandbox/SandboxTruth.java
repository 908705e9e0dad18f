package dev.lightningbridge.model.sandbox;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sandbox's hidden ground truth, for benchmarks, tests and the sample database: what no
 * optimiser may look at. Thread-safe.
 */
public final class SandboxTruth {
  private final World world;

  private SandboxTruth(World world) {
    this.world = world;
  }

  /** The truth that a {@link SandboxModel} of the same seed obeys. */
  public static SandboxTruth ofSeed(long seed) {
    return new SandboxTruth(new World(seed));
  }

  /** What the output is worth, 0 to 1. */
  public double trueReward(String input, String output) {
    return world.domainOf(input).assess(input, output).reward();
  }

  /** The requirements that the output breaks, in words; no more than the gate where that fails. */
  public List<String> violated(String input, String output) {
    return world.domainOf(input).assess(input, output).violated().stream()
        .map(s -> s.texts().get(0))
        .toList();
  }

  /** Inputs of a domain, the same for the same seed. */
  public List<String> inputs(SandboxDomain name, int count) {
    Domain domain = world.domain(name);
    SplittableRandom random = Draw.generator(world.seed(), name, "inputs");
    return IntStream.range(0, count).mapToObj(i -> domain.newInput(random, i)).toList();
  }

  /** The prompt that people start with; it asks for no skill. */
  public String seedPrompt(SandboxDomain name) {
    return world.domain(name).table().seedPrompt();
  }

  /** The seed prompt and all that is required. */
  public String bestPrompt(SandboxDomain name) {
    Domain domain = world.domain(name);
    return domain.profile().required().stream()
        .map(s -> "- " + s.texts().get(0))
        .collect(Collectors.joining("\n", domain.table().seedPrompt() + "\n", ""));
  }

  /** An output without a fault. */
  public String goldOutput(String input) {
    return world.domainOf(input).read(input).answer(Situation.Conduct.FAULTLESS);
  }
}
