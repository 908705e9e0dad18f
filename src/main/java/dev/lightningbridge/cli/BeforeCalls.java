package dev.lightningbridge.cli;

import dev.lightningbridge.cli.options.SpendingOptions;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.text.Consent;
import dev.lightningbridge.cli.text.EstimateText;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.runs.models.LimitOutlook;
import dev.lightningbridge.runs.models.RunEstimate;
import dev.lightningbridge.runs.request.ModelAccess;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a command does before it calls a model: only tell its estimate, where that was asked for, or
 * have the user agree to the cost.
 *
 * @param <E> the estimate
 * @param text the estimate for a person; {@code cost} what of it is to be agreed to; {@code
 *     shortfall} what limits below it do, in a sentence
 */
record BeforeCalls<E>(
    Console console,
    Supplier<E> estimate,
    Function<E, List<String>> text,
    Function<E, Consent.Cost> cost,
    BiFunction<E, Limits, Optional<String>> shortfall) {

  /** Of a run. */
  static BeforeCalls<RunEstimate> ofRun(Console console, Supplier<RunEstimate> estimate) {
    return new BeforeCalls<>(
        console, estimate, EstimateText::of, Consent.Cost::new, LimitOutlook::shortfall);
  }

  /** The status to end with; empty where the command goes on. */
  Optional<ExitCode> ended(
      SpendingOptions spending, CommonOptions common, ModelAccess access, Limits limits) {
    if (spending.dryRun) {
      E told = estimate.get();
      if (common.json) {
        console.json(told);
      } else {
        text.apply(told).forEach(console::line);
        Consent.Cost needed = cost.apply(told);
        double usd = needed.usd() == null ? 0 : needed.usd();
        String end = limits.passedBy(new Spend(needed.calls(), 0, 0, 0, usd));
        if (end != null) {
          console.line("It would end early, at the limit of " + end + ".");
        }
      }
      return Optional.of(ExitCode.DONE);
    }
    if (!limits.equals(Limits.NONE)) {
      shortfall.apply(estimate.get(), limits).ifPresent(console::remark);
    }
    boolean agreed =
        Consent.ofUser(console)
            .given(access, limits, spending.yes, () -> cost.apply(estimate.get()));
    return agreed ? Optional.empty() : Optional.of(ExitCode.CANCELLED);
  }
}
