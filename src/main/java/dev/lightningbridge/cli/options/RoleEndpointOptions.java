package dev.lightningbridge.cli.options;

import dev.lightningbridge.runs.request.ModelAccess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Endpoints of roles whose calls go elsewhere than the agent's. */
public final class RoleEndpointOptions implements OptionSections.Headed {
  @Option(
      names = "--critic-base-url",
      paramLabel = "URL",
      description = "Writes critiques at another endpoint (default: as --base-url).")
  @Nullable String criticBaseUrl;

  @Option(
      names = "--critic-key-env",
      paramLabel = "NAME",
      description =
          "Environment variable with that endpoint's key (default: as --key-env on the same server, else"
              + " none).")
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
      description =
          "Environment variable with that endpoint's key (default: as --key-env on the same server, else"
              + " none).")
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
      description =
          "Environment variable with that endpoint's key (default: as --key-env on the same server, else"
              + " none).")
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

  /** The agent's endpoint, with those of roles that were named. */
  ModelAccess.Endpoint beside(ModelAccess.Endpoint agents) {
    Map<String, ModelAccess.Endpoint> roles = new HashMap<>();
    put(
        roles,
        "critic",
        agents,
        new Named(criticBaseUrl, criticKeyVariable, criticKeyFile, criticKeyHeader, criticHeaders));
    if (roles.containsKey("critic")) {
      roles.put("editor", roles.get("critic"));
    }
    put(
        roles,
        "editor",
        agents,
        new Named(editorBaseUrl, editorKeyVariable, editorKeyFile, editorKeyHeader, editorHeaders));
    put(
        roles,
        "judge",
        agents,
        new Named(judgeBaseUrl, judgeKeyVariable, judgeKeyFile, judgeKeyHeader, judgeHeaders));
    return agents.withRoles(roles);
  }

  /** What was said of a role's endpoint. */
  private record Named(
      @Nullable String url,
      @Nullable String variable,
      @Nullable Path file,
      @Nullable String header,
      Map<String, String> headers) {
    boolean isKeyAlone() {
      return url == null
          && (variable != null || file != null || header != null || !headers.isEmpty());
    }
  }

  private static void put(
      Map<String, ModelAccess.Endpoint> roles,
      String role,
      ModelAccess.Endpoint agents,
      Named named) {
    if (named.isKeyAlone()) {
      throw CliError.option(
          "a key or header was named for the %s, and no endpoint".formatted(role),
          "--%s-base-url".formatted(role));
    }
    if (named.url() != null) {
      roles.put(
          role,
          agents.ofRole(
              named.url(), named.variable(), named.file(), named.header(), named.headers()));
    }
  }
}
