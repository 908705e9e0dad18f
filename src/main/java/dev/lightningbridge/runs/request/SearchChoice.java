package dev.lightningbridge.runs.request;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.optimize.ApoSettings;
import org.jspecify.annotations.Nullable;

/**
 * How somebody wants a prompt searched for, on which tasks and by which grader. What is left out is
 * as usual: these are the defaults of every door.
 *
 * @param engine a label of {@link EngineChoice}
 * @param strategy a label of {@link SearchStrategy}
 * @param grader a label of {@link dev.lightningbridge.grading.GraderChoice}
 * @param synthesize as in {@link OptimizeRequest}, like the others
 */
public record SearchChoice(
    @Nullable String engine,
    @Nullable String strategy,
    @Nullable String grader,
    Beam beam,
    @Nullable Integer synthesize,
    @Nullable Long seed,
    @Nullable Long splitSeed,
    @Nullable Boolean humanNotes) {
  public static final String ENGINE = "auto";
  public static final String STRATEGY = "racing";
  public static final String GRADER = "auto";

  /** Validation tasks at the most. */
  public static final int VALIDATION_TASKS = 16;

  /** As usual in all. */
  public static final SearchChoice USUAL =
      new SearchChoice(null, null, null, Beam.USUAL, null, null, null, null);

  /**
   * The settings of the search, and how many validation tasks there may be.
   *
   * @param gradientBatch as in {@link ApoSettings}, like the others
   */
  public record Beam(
      @Nullable Integer rounds,
      @Nullable Integer beamWidth,
      @Nullable Integer branchFactor,
      @Nullable Integer gradientBatch,
      @Nullable Integer validationBatch,
      @Nullable Integer validationTasks,
      @Nullable Double temperature,
      @Nullable Integer concurrency) {
    public static final Beam USUAL = new Beam(null, null, null, null, null, null, null, null);

    private ApoSettings settings() {
      return new ApoSettings(
          or(rounds, ApoSettings.ROUNDS),
          or(beamWidth, ApoSettings.BEAM_WIDTH),
          or(branchFactor, ApoSettings.BRANCH_FACTOR),
          or(gradientBatch, ApoSettings.GRADIENT_BATCH),
          or(validationBatch, ApoSettings.VALIDATION_BATCH),
          or(temperature, ApoSettings.TEMPERATURE),
          or(concurrency, ApoSettings.CONCURRENCY));
    }
  }

  /**
   * The settings, nothing left open.
   *
   * @throws BridgeException where there is no such engine or strategy
   * @throws IllegalArgumentException where a number is out of bounds
   */
  public SearchSettings settings() {
    return new SearchSettings(
        usedEngine(),
        SearchStrategy.named(or(strategy, STRATEGY)),
        usedGrader(),
        beam.settings(),
        or(beam.validationTasks(), VALIDATION_TASKS),
        or(synthesize, 0),
        or(seed, 0L),
        or(splitSeed, 0L),
        or(humanNotes, true));
  }

  /**
   * The engine that is asked for.
   *
   * @throws BridgeException where there is no such one
   */
  public EngineChoice usedEngine() {
    return EngineChoice.named(or(engine, ENGINE));
  }

  /** The grader that is asked for. */
  public String usedGrader() {
    return or(grader, GRADER);
  }

  private static <T> T or(@Nullable T given, T usual) {
    return given == null ? usual : given;
  }
}
