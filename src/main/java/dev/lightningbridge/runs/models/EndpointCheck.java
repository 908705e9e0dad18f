package dev.lightningbridge.runs.models;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelException.Kind;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.ModelUse;
import dev.lightningbridge.runs.request.RunError;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/**
 * One small real call for each model of each endpoint that is going to be used, before anything
 * else is spent. It is a call like any other: counted, journalled, and waited for where the
 * endpoint is loading or busy.
 */
public final class EndpointCheck {
  private static final String ASKED = "This is a test of the connection. Answer with OK.";

  /** Room for an OK, and for a little thinking before it. */
  private static final int MOST_TOKENS = 256;

  /** What such an answer usually takes, in tokens. */
  private static final int ANSWER = 10;

  /** What says that an endpoint can be used, though it gave no answer this time. */
  private static final Set<Kind> WORKS =
      Set.of(
          Kind.CUT_OFF,
          Kind.LIMIT_RAISED,
          Kind.EMPTY_ANSWER,
          Kind.REFUSED,
          Kind.CONTEXT_TOO_LONG,
          Kind.BUDGET_EXHAUSTED,
          Kind.CANCELLED);

  /** What will be so again until a person changes something. */
  private static final Set<Kind> LASTS =
      Set.of(
          Kind.UNREACHABLE,
          Kind.UNAUTHORIZED,
          Kind.MODEL_NOT_FOUND,
          Kind.BAD_REQUEST,
          Kind.MALFORMED_ANSWER);

  private EndpointCheck() {}

  /**
   * A model at an endpoint.
   *
   * @param model the endpoint's name of it
   * @param at the endpoint; two at one address with different keys are two
   */
  record Place(String model, ModelAccess.Endpoint at) {}

  private record Result(Place place, List<ModelRole> roles, Optional<ModelException> failure) {}

  /** The places of the roles' calls; none for the simulated model and those that the run serves. */
  public static Map<ModelRole, Place> places(
      ModelUse use, String agentModel, Set<ModelRole> roles) {
    Map<ModelRole, Place> places = new EnumMap<>(ModelRole.class);
    if (use.access() instanceof ModelAccess.Endpoint access) {
      ModelNames names = RunModels.names(use, agentModel);
      for (ModelRole role : roles) {
        if (role != ModelRole.WORKER || use.own().isEmpty()) {
          ModelAccess.Endpoint at = access.of(role.name().toLowerCase(Locale.ROOT));
          places.put(role, new Place(names.of(role, agentModel), at));
        }
      }
    }
    return places;
  }

  /** About what the check costs: a call for each place. */
  public static RunEstimate.Part costs(ModelUse use, String agentModel, Set<ModelRole> roles) {
    EstimatedCosts costs = new EstimatedCosts(use, agentModel);
    Set<Place> known = new HashSet<>();
    places(use, agentModel, roles)
        .forEach(
            (role, place) ->
                costs.add(
                    role, known.add(place) ? 1 : 0, CostModel.tokens(ASKED.length()), ANSWER));
    return costs.part();
  }

  /**
   * @param used the roles that are going to be called, with the place of each
   * @param first what the agent's model is asked; empty for the same as the others
   * @param spare roles that the run can do without
   * @return what answered
   * @throws BridgeException LB-7130 where an endpoint cannot be used as it is named, LB-7131 where
   *     it may work later
   * @throws CancellationException where it was cancelled
   */
  static Answers of(
      ChatModel gateway,
      Map<ModelRole, Place> used,
      Optional<FirstCall> first,
      Set<ModelRole> spare,
      Cancellation cancellation) {
    Map<Place, List<ModelRole>> places = new LinkedHashMap<>();
    used.forEach((role, place) -> places.computeIfAbsent(place, p -> new ArrayList<>()).add(role));
    BlockingQueue<Result> results = new LinkedBlockingQueue<>();
    Map<Place, ModelException> lacking = new LinkedHashMap<>();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      places.forEach(
          (place, roles) ->
              threads.execute(() -> results.add(result(gateway, place, roles, first))));
      for (int i = 0; i < places.size(); i++) {
        Result result = results.take();
        if (result.failure().isPresent()) {
          ModelException failure = result.failure().get();
          if (spare.containsAll(result.roles()) && LASTS.contains(failure.kind())) {
            lacking.put(result.place(), failure);
          } else {
            look(failure, result, cancellation);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      threads.shutdownNow();
    }
    List<String> answering = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    places.forEach(
        (place, roles) -> {
          ModelException failure = lacking.get(place);
          String who = "%s (%s)".formatted(place.model(), words(roles));
          if (failure == null) {
            answering.add(who);
          } else {
            missing.add("%s: %s".formatted(who, failure.getMessage()));
          }
        });
    return new Answers(
        "The endpoint answers: %s.".formatted(String.join(", ", answering)), List.copyOf(missing));
  }

  /**
   * What the check came to.
   *
   * @param words what answers, in a sentence
   * @param missing what does not and is spare, with the reason
   */
  record Answers(String words, List<String> missing) {}

  private static Result result(
      ChatModel gateway, Place place, List<ModelRole> roles, Optional<FirstCall> first) {
    try {
      if (first.isPresent() && roles.contains(ModelRole.WORKER)) {
        first.get().to(gateway);
      } else {
        ChatRequest request = ChatRequest.of(roles.getFirst(), place.model(), "", ASKED, 1);
        request.body().put("max_tokens", MOST_TOKENS);
        gateway.complete(request);
      }
      return new Result(place, roles, Optional.empty());
    } catch (ModelException e) {
      return new Result(place, roles, Optional.of(e));
    }
  }

  private static void look(ModelException e, Result result, Cancellation cancellation) {
    if (e.kind() == Kind.CANCELLED) {
      cancellation.throwIfRequested();
    }
    if (!WORKS.contains(e.kind())) {
      throw unusable(e, "%s, %s".formatted(result.place().model(), words(result.roles())));
    }
  }

  static BridgeException unusable(ModelException e, String where) {
    RunError code =
        LASTS.contains(e.kind()) ? RunError.ENDPOINT_UNUSABLE : RunError.ENDPOINT_NOT_READY;
    return new BridgeException(code, String.valueOf(e.getMessage()), where, e.remedy(), e);
  }

  private static String words(List<ModelRole> roles) {
    return roles.stream()
        .map(role -> role == ModelRole.WORKER ? "agent" : role.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", ", "for ", ""));
  }
}
