package dev.lightningbridge.runs;

import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Directive;
import dev.lightningbridge.dataset.PooledSession;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Seal;
import dev.lightningbridge.dataset.split.Seals;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.dataset.split.SplitPlaces;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.dataset.split.Splitter;
import dev.lightningbridge.dataset.tasks.Tasks;
import dev.lightningbridge.grading.Gradable;
import dev.lightningbridge.grading.GradedBy;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.grading.Rubric;
import dev.lightningbridge.optimize.HumanNote;
import dev.lightningbridge.optimize.PromptGuard;
import dev.lightningbridge.optimize.demonstrations.Demonstration;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run is about, read from the database before any model call and kept with the run: a
 * resumed run goes by it, whatever became of the database.
 *
 * @param tasks by distinct input
 * @param seal what of them was sealed before; fixed here, so that a resumed run keeps its split
 * @param rubric what a judge would go by
 * @param humanNotes what people said, newest first; empty where the request leaves it out
 * @param skipped bad rows and lines that were met on the way
 * @param remarks what should be known before the first call; empty in a plan that an earlier
 *     version kept
 * @param praised answers that people scored high; empty in a plan that an earlier version kept
 * @param places the split, in the letters of {@link SplitPlaces}: made once, for 10,000 tasks take
 *     seconds; empty where there are too few tasks, null in a plan that an earlier version kept
 * @param pooled whose tasks and scores are taken in beside the session's; empty in a plan that an
 *     earlier version kept
 */
public record RunPlan(
    LineageChoice choice,
    List<Task> tasks,
    Seal seal,
    Rubric rubric,
    List<HumanNote> humanNotes,
    List<Skipped> skipped,
    List<String> remarks,
    @Nullable String places,
    List<Demonstration> praised,
    List<PooledSession> pooled) {
  private static final int SKIPPED_TOLD = 5;

  /** A plan that an earlier version kept says nothing of what was sealed. */
  public RunPlan(
      LineageChoice choice,
      List<Task> tasks,
      @Nullable Seal seal,
      Rubric rubric,
      List<HumanNote> humanNotes,
      List<Skipped> skipped,
      @Nullable List<String> remarks,
      @Nullable String places,
      @Nullable List<Demonstration> praised,
      @Nullable List<PooledSession> pooled) {
    this.choice = choice;
    this.tasks = tasks;
    this.seal = seal == null ? Seal.of(choice.session().id(), 0) : seal;
    this.rubric = rubric;
    this.humanNotes = humanNotes;
    this.skipped = skipped;
    this.remarks = remarks == null ? List.of() : remarks;
    this.places = places;
    this.praised = praised == null ? List.of() : praised;
    this.pooled = pooled == null ? List.of() : pooled;
  }

  /**
   * Reads the plan.
   *
   * @param kept the synthetic tasks of a session that there are already
   * @param seals what was sealed before
   */
  public static RunPlan of(
      OptimizeRequest request, Corpus corpus, Function<String, List<Task>> kept, Seals seals) {
    LineageChoice choice =
        LineageChoice.of(
            corpus,
            request.sessionId(),
            request.lineageId(),
            new LineageChoice.Allowed(
                // A program that is the agent has the agent's tools itself.
                request.allowLocked(), request.asPlainPrompt() || !request.usedAgent().isPrompt()));
    List<Skipped> skipped = new ArrayList<>();
    String session = choice.session().id();
    RunPool pool = RunPool.of(corpus, choice.session(), request.pool());
    GivenTasks file = GivenTasks.of(request.tasks());
    skipped.addAll(file.skipped());
    // A provided task comes before a captured one of its input: it may know what is expected.
    String prompt = choice.baseline().systemPrompt();
    List<Task> given =
        Tasks.merged(
            List.of(
                file.tasks(),
                Tasks.withValues(pool.tasks().provided(), prompt),
                request.onlyGivenTasks()
                    ? List.of()
                    : Tasks.withValues(pool.tasks().captured(), prompt)));
    Gradable fit = Gradable.of(GraderChoice.named(request.grader()), given);
    List<Task> tasks =
        request.synthesize() == 0
            ? fit.tasks()
            : Tasks.merged(List.of(fit.tasks(), kept.apply(session)));
    skipped.addAll(corpus.skipped());
    return new RunPlan(
            choice,
            tasks,
            pool.seal(seals).among(tasks),
            rubric(corpus, choice),
            request.humanNotes() ? HumanNotes.of(corpus, choice.lineage()) : List.of(),
            List.copyOf(skipped),
            remarks(request, prompt, file, tasks, fit, pool),
            null,
            request.noDemonstrations() ? List.of() : PraisedOutputs.of(corpus, pool),
            pool.tasks().others())
        .splitBy(request);
  }

  private static List<String> remarks(
      OptimizeRequest request,
      String start,
      GivenTasks file,
      List<Task> tasks,
      Gradable fit,
      RunPool pool) {
    List<String> remarks = new ArrayList<>(file.remarks(request, start, tasks, fit));
    pool.inWords().ifPresent(remarks::add);
    if (request.training() == null) {
      remarks.addAll(PromptGuard.remarks(start, request.rules()));
    }
    return List.copyOf(remarks);
  }

  /** The plan with these tasks too, behind those it has. */
  public RunPlan withMore(List<Task> more) {
    return more.isEmpty() ? this : with(Tasks.merged(List.of(tasks, more)), null);
  }

  /** The plan with its split, which stays as it is where it was made before. */
  public RunPlan splitBy(OptimizeRequest request) {
    return places != null
        ? this
        : with(
            tasks,
            Splitter.split(tasks, splitPlan(request), seal)
                .map(split -> SplitPlaces.of(tasks, split))
                .orElse(""));
  }

  private RunPlan with(List<Task> all, @Nullable String split) {
    return new RunPlan(
        choice, all, seal, rubric, humanNotes, skipped, remarks, split, praised, pooled);
  }

  /** The sessions whose scores and texts the run goes by, its own first. */
  public List<String> sessions() {
    return Stream.concat(Stream.of(choice.session().id()), pooled.stream().map(PooledSession::id))
        .toList();
  }

  /** What grades the run. */
  public GradedBy gradedBy(OptimizeRequest request) {
    return GradedBy.of(
        GraderChoice.named(request.grader()),
        request.externalGrader(),
        tasks,
        !(request.model() instanceof ModelAccess.None));
  }

  /** Empty where there are too few tasks, near duplicates counted once. */
  public Optional<Split> split(OptimizeRequest request) {
    String made = places == null ? splitBy(request).places : places;
    return made == null || made.isEmpty()
        ? Optional.empty()
        : Optional.of(SplitPlaces.read(tasks, made));
  }

  /** How many more tasks a split needs. */
  public int missing(OptimizeRequest request) {
    return places == null || places.isEmpty()
        ? Splitter.missing(tasks, splitPlan(request), seal)
        : 0;
  }

  /** How many tasks there are in words, and how many where near duplicates count once. */
  public String tasksInWords() {
    int clusters = Splitter.ofTasks(tasks, seal).clusters();
    String inputs = tasks.size() == 1 ? "one distinct input" : tasks.size() + " distinct inputs";
    return clusters == tasks.size()
        ? inputs
        : "%s (%d, where near duplicates count once)".formatted(inputs, clusters);
  }

  /** The bad rows and lines in words, the first few one by one; nothing where there are none. */
  public List<String> skippedInWords() {
    List<String> words = new ArrayList<>();
    skipped.stream()
        .limit(SKIPPED_TOLD)
        .forEach(s -> words.add("Skipped %s: %s, %s".formatted(s.id(), s.code(), s.why())));
    if (skipped.size() > SKIPPED_TOLD) {
      words.add("… and %d more bad rows or lines.".formatted(skipped.size() - SKIPPED_TOLD));
    }
    return words;
  }

  private static SplitPlan splitPlan(OptimizeRequest request) {
    return SplitPlan.DEFAULT.withMaximumValidation(request.validationTasks());
  }

  /** What a judge of the lineage's outputs goes by; without examples. */
  public static Rubric rubric(Corpus corpus, LineageChoice choice) {
    List<String> directives =
        corpus.directives().stream()
            .filter(d -> d.lineageId().equals(choice.lineage().id()))
            .filter(d -> d.kind() == Directive.Kind.STICKY)
            .map(Directive::text)
            .toList();
    return new Rubric(
        choice.session().need(), choice.session().constraints(), directives, List.of());
  }
}
