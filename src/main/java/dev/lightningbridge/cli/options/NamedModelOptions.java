package dev.lightningbridge.cli.options;

import dev.lightningbridge.runs.request.ModelAccess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The agent's endpoint with its key, and what its models are called. */
public final class NamedModelOptions implements OptionSections.Headed {
  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "OpenAI-compatible endpoint, such as https://api.openai.com/v1.")
  public @Nullable String baseUrl;

  @Option(
      names = "--key-env",
      paramLabel = "NAME",
      defaultValue = "OPENAI_API_KEY",
      description = "Environment variable with the endpoint's key (default: ${DEFAULT-VALUE}).")
  public String keyVariable = "OPENAI_API_KEY";

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
  public @Nullable String worker;

  @Option(
      names = "--critic-model",
      paramLabel = "NAME",
      description =
          "Writes critiques (default: the agent's model). With none nobody does: the Java engine"
              + " then searches with examples alone.")
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
  public Map<String, String> aliases = new HashMap<>();

  @Override
  public String heading() {
    return "The endpoint and its models";
  }

  /**
   * @param url of the agent's endpoint
   * @param endpoint what goes along with the calls; {@code roles} of other roles
   */
  public ModelAccess.Endpoint access(
      String url, EndpointOptions endpoint, RoleEndpointOptions roles) {
    return roles.beside(
        new ModelAccess.Endpoint(
            url, keyVariable, keyFile, keyHeader, endpoint.extras(), Map.of()));
  }

  public Map<String, String> names() {
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
}
