package dev.lightningbridge.runs.models;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.PooledSession;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.optimize.SearchMeans;
import dev.lightningbridge.optimize.demonstrations.Demonstration;
import dev.lightningbridge.optimize.demonstrations.Demonstrations;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.runs.request.SearchStrategy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a run's search may use: critic and editor, and examples for the prompt. */
public final class MeansOfSearch {
  private static final Pattern UUID_FORM =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private MeansOfSearch() {}

  public static SearchMeans of(OptimizeRequest request, RunPlan plan, Split split) {
    return new SearchMeans(request.hasCritic(), demonstrations(request, plan, split));
  }

  /**
   * The roles that a run can do without: critic and editor, where examples can be drawn instead.
   */
  public static Set<ModelRole> spare(BegunRun run) {
    OptimizeRequest request = run.request();
    boolean drawing =
        request.training() == null
            && run.engine().equals(EngineChoice.JAVA.label())
            && request.strategy() == SearchStrategy.RACING
            && !demonstrations(request, run.plan()).isEmpty();
    return drawing ? EnumSet.of(ModelRole.CRITIC, ModelRole.EDITOR) : Set.of();
  }

  /**
   * Looks whether there is anything to search with.
   *
   * @throws BridgeException LB-7128 where the search needs a critic and has none; LB-7129 where no
   *     example could stand in the prompt either
   */
  public static void check(OptimizeRequest request, RunPlan plan) {
    if (request.training() != null || request.hasCritic()) {
      return;
    }
    if (request.engine() == EngineChoice.AGENTLIGHTNING) {
      throw needed("agentlightning's search is made of critiques and edits", "--engine java");
    }
    if (request.strategy() == SearchStrategy.APO) {
      throw needed("the beam search is made of critiques and edits", "--strategy racing");
    }
    plan.split(request)
        .filter(split -> demonstrations(request, plan, split).isEmpty())
        .ifPresent(
            split -> {
              throw new BridgeException(
                  RunError.NOTHING_TO_SEARCH_WITH,
                  request.noDemonstrations()
                      ? "no critic is to be asked, and examples are forbidden"
                      : "no critic is to be asked, and no train task can stand in the prompt as an"
                          + " example",
                  plan.choice().lineage().id(),
                  request.noDemonstrations()
                      ? "Leave --no-demonstrations out, or name a critic (--critic-model NAME)."
                      : "Give tasks with \"expected\" (--tasks FILE.jsonl), or name a critic"
                          + " (--critic-model NAME).");
            });
  }

  private static BridgeException needed(String why, String instead) {
    return new BridgeException(
        RunError.CRITIC_NEEDED,
        "no critic is to be asked, and " + why,
        "--critic-model none",
        "Name a critic (--critic-model NAME), or give %s.".formatted(instead));
  }

  /** What may stand in the run's prompts as an example. */
  public static Demonstrations demonstrations(OptimizeRequest request, RunPlan plan) {
    return request.training() == null
        ? plan.split(request)
            .map(split -> demonstrations(request, plan, split))
            .orElse(Demonstrations.NONE)
        : Demonstrations.NONE;
  }

  /** Which examples stand in the prompt, in a sentence; empty where there is none. */
  public static Optional<String> shown(OptimizeRequest request, RunPlan plan, String prompt) {
    Map<String, List<String>> byOrigin = new LinkedHashMap<>();
    List<Demonstration> shown = demonstrations(request, plan).in(prompt);
    shown.forEach(
        one ->
            byOrigin
                .computeIfAbsent(one.origin(), x -> new ArrayList<>())
                .add(inShort(one.task())));
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    String which =
        byOrigin.entrySet().stream()
            .map(e -> "%s (%s)".formatted(String.join(", ", e.getValue()), e.getKey()))
            .collect(Collectors.joining("; "));
    return Optional.of(
        "The prompt shows train tasks as examples, %d in all, which may hold what customers wrote: %s."
            .formatted(shown.size(), which));
  }

  /** The beginning of an id that nobody chose. */
  private static String inShort(String id) {
    return UUID_FORM.matcher(id).matches() ? id.substring(0, id.indexOf('-')) : id;
  }

  private static Demonstrations demonstrations(OptimizeRequest request, RunPlan plan, Split split) {
    return request.noDemonstrations()
        ? Demonstrations.NONE
        : Demonstrations.of(
            split,
            plan.praised(),
            plan.choice().baseline().systemPrompt(),
            plan.pooled().stream()
                .collect(Collectors.toMap(PooledSession::id, PooledSession::name)));
  }
}
