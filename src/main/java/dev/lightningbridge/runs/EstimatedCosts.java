package dev.lightningbridge.runs;

import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.PriceTable;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Adds up what a run's calls cost. */
final class EstimatedCosts {
  private final boolean sandbox;
  private final PriceTable prices;
  private final ModelNames names;
  private final String agentModel;
  private double tokens;
  private double usd;
  private boolean known = true;

  EstimatedCosts(OptimizeRequest request, String agentModel) {
    this.agentModel = agentModel;
    PriceTable bundled = PriceTable.bundled();
    prices = request.prices() == null ? bundled : bundled.with(request.prices());
    names = RunModels.names(request.modelUse(), agentModel);
    sandbox = request.modelUse().sandbox();
  }

  /** Adds so many calls of about so many tokens each. */
  void add(ModelRole role, long calls, double promptTokens, double answerTokens) {
    tokens += calls * (promptTokens + answerTokens);
    if (calls > 0 && !sandbox) {
      OptionalDouble price =
          prices.usd(
              names.of(role, agentModel),
              Math.round(calls * promptTokens),
              Math.round(calls * answerTokens));
      known &= price.isPresent();
      usd += price.orElse(0);
    }
  }

  /** Adds calls of a model that the run serves itself. */
  void addFree(long calls, double promptTokens, double answerTokens) {
    tokens += calls * (promptTokens + answerTokens);
  }

  long tokens() {
    return Math.round(tokens);
  }

  /** US dollars; 0 for the simulated model, null where a price is not known. */
  @Nullable Double usd() {
    return known ? usd : null;
  }
}
