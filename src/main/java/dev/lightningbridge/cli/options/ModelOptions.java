package dev.lightningbridge.cli.options;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.sandbox.JudgeHabit;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.ModelUse;
import dev.lightningbridge.runs.request.RunError;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model answers and what may be spent on it. */
public final class ModelOptions implements OptionSections.Headed {
  @Option(
      names = "--sandbox",
      description =
          "Use the simulated model: free, no network; its figures prove the pipeline only.")
  public boolean sandbox;

  @Option(
      names = "--sandbox-seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the simulated model (default: ${DEFAULT-VALUE}).")
  long sandboxSeed;

  @Option(
      names = "--latency-ms",
      paramLabel = "MS",
      defaultValue = "0",
      description = "Latency of the simulated model's calls (default: ${DEFAULT-VALUE}).")
  int latencyMs;

  @Option(
      names = "--sandbox-judge",
      paramLabel = "HABIT",
      defaultValue = JudgeHabit.USUAL,
      description =
          "How the simulated model judges: careful, noisy, coin-flip, length-loving or talkable"
              + " (default: ${DEFAULT-VALUE}).")
  String sandboxJudge = JudgeHabit.USUAL;

  @Mixin private final NamedModelOptions named = new NamedModelOptions();

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "JSON file with prices in USD per million tokens, for --max-usd.")
  public @Nullable Path prices;

  @Option(names = "--max-calls", paramLabel = "N", description = "Model calls the run may make.")
  @Nullable Long maxCalls;

  @Option(names = "--max-tokens", paramLabel = "N", description = "Tokens the run may use.")
  @Nullable Long maxTokens;

  @Option(names = "--max-usd", paramLabel = "USD", description = "US dollars the run may cost.")
  @Nullable Double maxUsd;

  @Override
  public String heading() {
    return "The model, and what may be spent on it";
  }

  /** Whether neither the simulated model nor an endpoint was named. */
  public boolean isUnsaid() {
    return !sandbox && !isAtEndpoint();
  }

  public boolean isAtEndpoint() {
    return named.baseUrl != null;
  }

  /**
   * @param endpoint what goes along with the calls; {@code roles} of other roles
   */
  public ModelAccess access(EndpointOptions endpoint, RoleEndpointOptions roles) {
    if (sandbox && named.baseUrl != null) {
      throw notSaid("both --sandbox and --base-url were given");
    }
    if (sandbox) {
      try {
        JudgeHabit.named(sandboxJudge);
      } catch (IllegalArgumentException e) {
        throw CliError.option(String.valueOf(e.getMessage()), "--sandbox-judge");
      }
      return new ModelAccess.Sandbox(sandboxSeed, latencyMs, sandboxJudge);
    }
    if (named.baseUrl == null) {
      throw notSaid("it was not said which model to use");
    }
    return named.access(named.baseUrl, endpoint, roles);
  }

  private static BridgeException notSaid(String what) {
    return new BridgeException(
        RunError.NO_MODEL,
        what,
        "--sandbox, --base-url",
        "Give --sandbox for the simulated model, or --base-url for a real endpoint.");
  }

  public Map<String, String> names() {
    return named.names();
  }

  public Map<String, String> aliases() {
    return named.aliases;
  }

  public ModelUse use(long seed, EndpointOptions endpoint, RoleEndpointOptions roles) {
    return new ModelUse(
        access(endpoint, roles), named.names(), named.aliases, prices, limits(), seed);
  }

  public Limits limits() {
    return new Limits(maxCalls, maxTokens, maxUsd);
  }
}
