package dev.lightningbridge.cli;

import dev.lightningbridge.runs.EndpointExtras;
import dev.lightningbridge.runs.ModelAccess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Endpoints of roles whose calls go elsewhere than the agent's. */
final class RoleEndpointOptions implements OptionSections.Headed {
  @Option(
      names = "--critic-base-url",
      paramLabel = "URL",
      description = "Writes critiques at another endpoint (default: as --base-url).")
  @Nullable String criticBaseUrl;

  @Option(
      names = "--critic-key-env",
      paramLabel = "NAME",
      description = "Environment variable with that endpoint's key (default: OPENAI_API_KEY).")
  @Nullable String criticKeyVariable;

  @Option(
      names = "--critic-key-file",
      paramLabel = "FILE",
      description = "File outside every repository with that endpoint's key instead.")
  @Nullable Path criticKeyFile;

  @Option(
      names = "--critic-key-header",
      paramLabel = "NAME",
      description = "Header that carries that key.")
  @Nullable String criticKeyHeader;

  @Option(
      names = "--critic-header",
      paramLabel = "NAME=VALUE",
      description = "Header of every call there, as --header.")
  Map<String, String> criticHeaders = new LinkedHashMap<>();

  @Option(
      names = "--editor-base-url",
      paramLabel = "URL",
      description =
          "Edits prompts at another endpoint (default: as --critic-base-url, else --base-url).")
  @Nullable String editorBaseUrl;

  @Option(
      names = "--editor-key-env",
      paramLabel = "NAME",
      description = "Environment variable with that endpoint's key (default: OPENAI_API_KEY).")
  @Nullable String editorKeyVariable;

  @Option(
      names = "--editor-key-file",
      paramLabel = "FILE",
      description = "File outside every repository with that endpoint's key instead.")
  @Nullable Path editorKeyFile;

  @Option(
      names = "--editor-key-header",
      paramLabel = "NAME",
      description = "Header that carries that key.")
  @Nullable String editorKeyHeader;

  @Option(
      names = "--editor-header",
      paramLabel = "NAME=VALUE",
      description = "Header of every call there, as --header.")
  Map<String, String> editorHeaders = new LinkedHashMap<>();

  @Option(
      names = "--judge-base-url",
      paramLabel = "URL",
      description = "Scores outputs at another endpoint (default: as --base-url).")
  @Nullable String judgeBaseUrl;

  @Option(
      names = "--judge-key-env",
      paramLabel = "NAME",
      description = "Environment variable with that endpoint's key (default: OPENAI_API_KEY).")
  @Nullable String judgeKeyVariable;

  @Option(
      names = "--judge-key-file",
      paramLabel = "FILE",
      description = "File outside every repository with that endpoint's key instead.")
  @Nullable Path judgeKeyFile;

  @Option(
      names = "--judge-key-header",
      paramLabel = "NAME",
      description = "Header that carries that key.")
  @Nullable String judgeKeyHeader;

  @Option(
      names = "--judge-header",
      paramLabel = "NAME=VALUE",
      description = "Header of every call there, as --header.")
  Map<String, String> judgeHeaders = new LinkedHashMap<>();

  @Override
  public String heading() {
    return "Endpoints of other roles";
  }

  /**
   * The endpoints that were named, by role.
   *
   * @param extras the agent's endpoint's; time-out and limit of answers hold here too
   */
  Map<String, ModelAccess.Endpoint> endpoints(EndpointExtras extras) {
    Map<String, ModelAccess.Endpoint> endpoints = new HashMap<>();
    put(
        endpoints,
        "critic",
        criticBaseUrl,
        criticKeyVariable,
        criticKeyFile,
        criticKeyHeader,
        criticHeaders,
        extras);
    if (endpoints.containsKey("critic")) {
      endpoints.put("editor", endpoints.get("critic"));
    }
    put(
        endpoints,
        "editor",
        editorBaseUrl,
        editorKeyVariable,
        editorKeyFile,
        editorKeyHeader,
        editorHeaders,
        extras);
    put(
        endpoints,
        "judge",
        judgeBaseUrl,
        judgeKeyVariable,
        judgeKeyFile,
        judgeKeyHeader,
        judgeHeaders,
        extras);
    return endpoints;
  }

  private static void put(
      Map<String, ModelAccess.Endpoint> endpoints,
      String role,
      @Nullable String baseUrl,
      @Nullable String keyVariable,
      @Nullable Path keyFile,
      @Nullable String keyHeader,
      Map<String, String> headers,
      EndpointExtras extras) {
    if (baseUrl != null) {
      endpoints.put(
          role,
          new ModelAccess.Endpoint(
              baseUrl,
              keyVariable == null ? "OPENAI_API_KEY" : keyVariable,
              keyFile,
              keyHeader,
              new EndpointExtras(
                  headers, Map.of(), extras.timeoutSeconds(), extras.maxOutputTokens()),
              Map.of()));
    } else if (keyVariable != null || keyFile != null || keyHeader != null || !headers.isEmpty()) {
      throw CliError.option(
          "a key or header was named for the %s, and no endpoint".formatted(role),
          "--%s-base-url".formatted(role));
    }
  }
}
