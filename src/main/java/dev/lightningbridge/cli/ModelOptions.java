package dev.lightningbridge.cli;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.sandbox.JudgeHabit;
import dev.lightningbridge.runs.ModelAccess;
import dev.lightningbridge.runs.ModelUse;
import dev.lightningbridge.runs.RunError;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model answers and what may be spent on it. */
final class ModelOptions implements OptionSections.Headed {
  @Option(
      names = "--sandbox",
      description =
          "Use the simulated model: free, no network; its figures prove the pipeline only.")
  boolean sandbox;

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
      defaultValue = "careful",
      description =
          "How the simulated model judges: careful, noisy, coin-flip or length-loving (default:"
              + " ${DEFAULT-VALUE}).")
  String sandboxJudge = "careful";

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "OpenAI-compatible endpoint, such as https://api.openai.com/v1.")
  @Nullable String baseUrl;

  @Option(
      names = "--key-env",
      paramLabel = "NAME",
      defaultValue = "OPENAI_API_KEY",
      description = "Environment variable with the endpoint's key (default: ${DEFAULT-VALUE}).")
  String keyVariable = "OPENAI_API_KEY";

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "File outside every repository with the endpoint's key instead.")
  @Nullable Path keyFile;

  @Option(
      names = "--key-header",
      paramLabel = "NAME",
      description = "Header that carries the key (default: Authorization; at Azure api-key).")
  @Nullable String keyHeader;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The agent's model at the endpoint (default: the agent version's own).")
  @Nullable String worker;

  @Option(
      names = "--critic-model",
      paramLabel = "NAME",
      description = "Writes critiques (default: the agent's model).")
  @Nullable String critic;

  @Option(
      names = "--editor-model",
      paramLabel = "NAME",
      description = "Edits prompts (default: the agent's model).")
  @Nullable String editor;

  @Option(
      names = "--judge-model",
      paramLabel = "NAME",
      description = "Scores outputs (default: the agent's model).")
  @Nullable String judge;

  @Option(
      names = "--alias",
      paramLabel = "FROM=TO",
      description = "A model name of the database and what the endpoint calls it; may be repeated.")
  Map<String, String> aliases = new HashMap<>();

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "JSON file with prices in USD per million tokens, for --max-usd.")
  @Nullable Path prices;

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
  boolean isUnsaid() {
    return !sandbox && baseUrl == null;
  }

  /**
   * @param endpoint what goes along with the calls; {@code roles} of other roles
   */
  ModelAccess access(EndpointOptions endpoint, RoleEndpointOptions roles) {
    if (sandbox && baseUrl != null) {
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
    if (baseUrl == null) {
      throw notSaid("it was not said which model to use");
    }
    return roles.beside(
        new ModelAccess.Endpoint(
            baseUrl, keyVariable, keyFile, keyHeader, endpoint.extras(), Map.of()));
  }

  private static BridgeException notSaid(String what) {
    return new BridgeException(
        RunError.NO_MODEL,
        what,
        "--sandbox, --base-url",
        "Give --sandbox for the simulated model, or --base-url for a real endpoint.");
  }

  Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    put(names, "worker", worker);
    put(names, "critic", critic);
    put(names, "editor", editor);
    put(names, "judge", judge);
    return names;
  }

  private static void put(Map<String, String> names, String role, @Nullable String name) {
    if (name != null) {
      names.put(role, name);
    }
  }

  ModelUse use(long seed, EndpointOptions endpoint, RoleEndpointOptions roles) {
    return new ModelUse(access(endpoint, roles), names(), aliases, prices, limits(), seed);
  }

  Limits limits() {
    return new Limits(maxCalls, maxTokens, maxUsd);
  }
}
