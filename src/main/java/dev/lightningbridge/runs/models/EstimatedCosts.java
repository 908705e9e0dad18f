package dev.lightningbridge.runs.models;

import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.PriceTable;
import dev.lightningbridge.runs.request.ModelUse;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up what a run's calls cost. */
public final class EstimatedCosts {
  private final boolean sandbox;
  private final PriceTable prices;
  private final ModelNames names;
  private final String agentModel;
  private long calls;
  private double tokens;
  private double usd;
  private boolean known = true;

  public EstimatedCosts(ModelUse use, String agentModel) {
    this.agentModel = agentModel;
    PriceTable bundled = PriceTable.bundled();
    prices = use.prices() == null ? bundled : bundled.with(use.prices());
    names = RunModels.names(use, agentModel);
    sandbox = use.sandbox();
  }

  /** Whether the price of each model that answers for the roles is known. */
  public static boolean known(ModelUse use, String agentModel, Set<ModelRole> roles) {
    EstimatedCosts costs = new EstimatedCosts(use, agentModel);
    roles.forEach(role -> costs.add(role, 1, 1, 1));
    return costs.known;
  }

  /** Adds so many calls of about so many tokens each. */
  public void add(ModelRole role, long more, double promptTokens, double answerTokens) {
    calls += more;
    tokens += more * (promptTokens + answerTokens);
    if (more > 0 && !sandbox) {
      OptionalDouble price =
          prices.usd(
              names.of(role, agentModel),
              Math.round(more * promptTokens),
              Math.round(more * answerTokens));
      known &= price.isPresent();
      usd += price.orElse(0);
    }
  }

  /** Adds a part that was counted by itself. */
  public void add(RunEstimate.Part part) {
    calls += part.calls();
    tokens += part.tokens();
    known &= part.usd() != null;
    usd += part.usd() == null ? 0 : part.usd();
  }

  /** Adds calls of a model that the run serves itself. */
  public void addFree(long more, double promptTokens, double answerTokens) {
    calls += more;
    tokens += more * (promptTokens + answerTokens);
  }

  public long tokens() {
    return Math.round(tokens);
  }

  /** US dollars; 0 for the simulated model, null where a price is not known. */
  public @Nullable Double usd() {
    return known ? usd : null;
  }

  public RunEstimate.Part part() {
    return new RunEstimate.Part(calls, tokens(), usd());
  }
}
