package dev.lightningbridge.cli.options;

import dev.lightningbridge.runs.request.EndpointExtras;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What goes along with the calls to the endpoint. */
public final class EndpointOptions implements OptionSections.Headed {
  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description =
          "Header of every call; NAME=env:VARIABLE reads a secret one from the environment. May be"
              + " repeated.")
  Map<String, String> headers = new LinkedHashMap<>();

  @Option(
      names = "--query",
      paramLabel = "NAME=VALUE",
      description =
          "Parameter of the URL, such as api-version=2024-10-21; NAME=env:VARIABLE as above. May be"
              + " repeated.")
  Map<String, String> query = new LinkedHashMap<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long one answer may take (default: 180).")
  @Nullable Integer timeoutSeconds;

  @Option(
      names = "--max-output-tokens",
      paramLabel = "N",
      description =
          "Limit of every answer, thinking included (default: the agent's own, and room for thinking"
              + " where a model thinks).")
  @Nullable Integer maxOutputTokens;

  @Override
  public String heading() {
    return "Calls to the endpoints";
  }

  EndpointExtras extras() {
    return new EndpointExtras(headers, query, timeoutSeconds, maxOutputTokens);
  }
}
