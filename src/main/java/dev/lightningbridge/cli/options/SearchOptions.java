package dev.lightningbridge.cli.options;

import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.SearchChoice;
import dev.lightningbridge.runs.request.SearchSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to search. */
public final class SearchOptions implements OptionSections.Headed {
  private static final int MOST_SYNTHETIC = 1000;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = SearchChoice.ENGINE,
      completionCandidates = OptionValues.Engines.class,
      description =
          "agentlightning (the real trainer), java, or auto: what did better in the benches, which"
              + " is java (default: ${DEFAULT-VALUE}).")
  String engine = SearchChoice.ENGINE;

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      defaultValue = SearchChoice.STRATEGY,
      completionCandidates = OptionValues.Strategies.class,
      description =
          "With --engine java, how it searches: racing, or apo, which is agentlightning's beam"
              + " search (default: ${DEFAULT-VALUE}).")
  String strategy = SearchChoice.STRATEGY;

  @Option(
      names = "--tasks",
      paramLabel = "FILE",
      description =
          "JSON Lines or CSV with tasks beside the captured inputs:"
              + " {\"id\",\"input\",\"expected\"?,\"checks\"?,\"tag\"?} a line. \"expected\" is a"
              + " text, a number, an object, or a list of what is right.")
  public @Nullable Path tasks;

  @Option(
      names = "--only-given-tasks",
      description =
          "Leave the captured inputs out: use --tasks and the session's test cases alone.")
  public boolean onlyGivenTasks;

  @Option(
      names = "--no-demonstrations",
      description =
          "Keep examples out of the prompt. Otherwise the Java engine tries train tasks with their"
              + " expected outputs, and outputs scored 8 or more, as examples in it.")
  public boolean noDemonstrations;

  @Option(
      names = "--synthesize",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Have the model write inputs until there are N synthetic ones; they are kept for the"
              + " session's next run, and `tasks` lists them (default: ${DEFAULT-VALUE}).")
  int synthesize;

  @Option(
      names = "--grader",
      paramLabel = "GRADER",
      defaultValue = SearchChoice.GRADER,
      completionCandidates = OptionValues.Graders.class,
      description =
          "auto, exact, contains, regex, json, judge or people (default: auto: by the tasks' expected"
              + " outputs and checks where all have them, else judge).")
  public String grader = SearchChoice.GRADER;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "" + ApoSettings.ROUNDS,
      description = "Rounds of the beam search (default: ${DEFAULT-VALUE}).")
  int rounds;

  @Option(
      names = "--beam-width",
      paramLabel = "N",
      defaultValue = "" + ApoSettings.BEAM_WIDTH,
      description = "Prompts kept after a round (default: ${DEFAULT-VALUE}).")
  int beamWidth;

  @Option(
      names = "--branch-factor",
      paramLabel = "N",
      defaultValue = "" + ApoSettings.BRANCH_FACTOR,
      description = "New prompts from each kept one (default: ${DEFAULT-VALUE}).")
  int branchFactor;

  @Option(
      names = "--gradient-batch",
      paramLabel = "N",
      defaultValue = "" + ApoSettings.GRADIENT_BATCH,
      description = "Training tasks behind a critique (default: ${DEFAULT-VALUE}).")
  int gradientBatch;

  @Option(
      names = "--validation-batch",
      paramLabel = "N",
      defaultValue = "" + ApoSettings.VALIDATION_BATCH,
      description =
          "Validation tasks that a round compares prompts on (default: ${DEFAULT-VALUE}).")
  int validationBatch;

  @Option(
      names = "--validation-tasks",
      paramLabel = "N",
      defaultValue = "" + SearchChoice.VALIDATION_TASKS,
      description = "Validation tasks at most (default: ${DEFAULT-VALUE}).")
  int validationTasks;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      defaultValue = "" + ApoSettings.TEMPERATURE,
      description = "Temperature of critic and editor (default: ${DEFAULT-VALUE}).")
  double temperature;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "" + ApoSettings.CONCURRENCY,
      description = "Rollouts at the same time (default: ${DEFAULT-VALUE}).")
  int concurrency;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the search (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Another split into train, validation and sealed test than the session's own. It opens a"
            + " new test set: runs with different ones cannot be compared, and each further one is"
            + " a",
        "further chance for a worse prompt to pass. What was sealed before stays out of the search,"
            + " so that less is left to learn from."
      })
  long splitSeed;

  @Override
  public String heading() {
    return "Tasks, grader and search";
  }

  /**
   * @param humanNotes whether people's comments reach the critiques
   */
  public SearchSettings settings(boolean humanNotes) {
    if (synthesize < 0 || synthesize > MOST_SYNTHETIC) {
      throw CliError.option(
          "0 to %d synthetic tasks can be asked for".formatted(MOST_SYNTHETIC), "--synthesize");
    }
    if (validationTasks < 1) {
      throw CliError.option("there must be validation tasks", "--validation-tasks");
    }
    try {
      return choice(humanNotes).settings();
    } catch (IllegalArgumentException e) {
      throw CliError.option(String.valueOf(e.getMessage()), "the search's settings");
    }
  }

  public EngineChoice engine() {
    return EngineChoice.named(engine);
  }

  private SearchChoice choice(boolean humanNotes) {
    return new SearchChoice(
        engine,
        strategy,
        grader,
        new SearchChoice.Beam(
            rounds,
            beamWidth,
            branchFactor,
            gradientBatch,
            validationBatch,
            validationTasks,
            temperature,
            concurrency),
        synthesize,
        seed,
        splitSeed,
        humanNotes);
  }
}
