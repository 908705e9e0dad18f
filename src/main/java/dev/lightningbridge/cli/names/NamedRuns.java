package dev.lightningbridge.cli.names;

import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.promotion.PromotionStore;
import dev.lightningbridge.workshop.Workshop;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds runs, and what became of them, by the beginning of an id. It looks at the newest runs only;
 * what it does not find is given back as it was said, so that whoever needs it says that it is not
 * there.
 */
public final class NamedRuns {
  private static final int NEWEST = 500;

  private NamedRuns() {}

  public static String run(Workshop workshop, String said) {
    return workshop.runs().find(said).isPresent()
        ? said
        : found(workshop, said, run -> Optional.of(run.id()));
  }

  public static String proposal(Workshop workshop, String said) {
    return found(workshop, said, run -> workshop.proposals().proposalOf(run.id()));
  }

  public static String promotion(Workshop workshop, String said) {
    return found(
        workshop,
        said,
        run ->
            workshop
                .proposals()
                .promotions()
                .promotionOf(run.id())
                .map(PromotionStore.StoredPromotion::id));
  }

  private static String found(
      Workshop workshop, String said, Function<StoredRun, Optional<String>> id) {
    List<Named> all =
        workshop.runs().newest(NEWEST).stream()
            .flatMap(run -> id.apply(run).stream())
            .map(each -> new Named(each, List.of()))
            .toList();
    return Named.one(said, all).map(Named::id).orElse(said);
  }
}
