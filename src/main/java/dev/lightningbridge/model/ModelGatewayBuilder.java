package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link ModelGateway} works with. */
public final class ModelGatewayBuilder {
  final ChatModel upstream;
  ModelNames names = ModelNames.asRequested();
  Set<ModelRole> roles = EnumSet.allOf(ModelRole.class);
  Limits limits = Limits.NONE;
  CallJournal journal = CallJournal.inMemory();
  PriceTable prices = PriceTable.bundled();
  Patience patience = Patience.DEFAULT;
  @Nullable Integer maxOutputTokens;
  int concurrency = 64;
  RandomGenerator random = RandomGenerator.getDefault();
  Cancellation cancellation = new Cancellation();
  CallListener listener = call -> {};

  ModelGatewayBuilder(ChatModel upstream) {
    this.upstream = upstream;
  }

  public ModelGatewayBuilder names(ModelNames value) {
    names = value;
    return this;
  }

  /** The roles that will be called: with a limit in USD, prices are needed of their models. */
  public ModelGatewayBuilder roles(Set<ModelRole> value) {
    roles = value;
    return this;
  }

  public ModelGatewayBuilder limits(Limits value) {
    limits = value;
    return this;
  }

  /** Of this run alone: what it holds is taken for the run's earlier calls. */
  public ModelGatewayBuilder journal(CallJournal value) {
    journal = value;
    return this;
  }

  public ModelGatewayBuilder prices(PriceTable value) {
    prices = value;
    return this;
  }

  public ModelGatewayBuilder patience(Patience value) {
    patience = value;
    return this;
  }

  /** The limit of every answer in tokens, in the place of what requests ask for; null for those. */
  public ModelGatewayBuilder maxOutputTokens(@Nullable Integer value) {
    maxOutputTokens = value;
    return this;
  }

  /** How many calls may be under way at once; others wait their turn. */
  public ModelGatewayBuilder concurrency(int value) {
    concurrency = value;
    return this;
  }

  /** Where the random part of waits comes from. */
  public ModelGatewayBuilder random(RandomGenerator value) {
    random = value;
    return this;
  }

  /** Its request ends what is under way, waits included, and refuses what comes later. */
  public ModelGatewayBuilder cancellation(Cancellation value) {
    cancellation = value;
    return this;
  }

  public ModelGatewayBuilder listener(CallListener value) {
    listener = value;
    return this;
  }

  /**
   * @throws BridgeException LB-3002 where there is a limit in USD and a model of unknown price
   */
  public ModelGateway build() {
    if (limits.usd() != null) {
      for (String model : names.known(roles)) {
        prices.require(model);
      }
    }
    return new ModelGateway(this);
  }
}
