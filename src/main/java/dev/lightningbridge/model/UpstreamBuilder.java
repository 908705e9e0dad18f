package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects what an {@link OpenAiUpstream} needs. */
public final class UpstreamBuilder {
  final URI completions;
  final Map<String, String> headers = new LinkedHashMap<>();
  final Map<String, String> query = new LinkedHashMap<>();
  ApiKey key = ApiKey.NONE;
  String keyHeader;
  Duration timeout = Duration.ofMinutes(10);
  int maxAnswerBytes = 20_000_000;
  Clock clock = Clock.systemUTC();
  Map<String, String> environment = System.getenv();
  boolean direct;

  UpstreamBuilder(String baseUrl) {
    completions = BaseUrl.completions(baseUrl);
    // Azure takes a bearer only for a token of Entra ID.
    keyHeader = completions.getHost().endsWith(".azure.com") ? "api-key" : "Authorization";
  }

  public UpstreamBuilder key(ApiKey value) {
    key = value;
    return this;
  }

  /** The header that carries the key; {@code Authorization} carries it as a bearer token. */
  public UpstreamBuilder keyHeader(String value) {
    keyHeader = value;
    return this;
  }

  /** A header of every call. */
  public UpstreamBuilder header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** A parameter of the URL, beside those of the base URL. */
  public UpstreamBuilder query(String name, String value) {
    query.put(name, value);
    return this;
  }

  URI withQuery() {
    String more =
        query.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    if (more.isEmpty()) {
      return completions;
    }
    return URI.create(completions + (completions.getRawQuery() == null ? "?" : "&") + more);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** How long a whole exchange may take, answer included. */
  public UpstreamBuilder timeout(Duration value) {
    timeout = value;
    return this;
  }

  /** The longest answer, packed and unpacked. */
  public UpstreamBuilder maxAnswerBytes(int value) {
    maxAnswerBytes = value;
    return this;
  }

  /** For wishes to wait until a date. */
  public UpstreamBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /** Where proxies and certificates are named; this process's own unless told so. */
  public UpstreamBuilder environment(Map<String, String> value) {
    environment = value;
    return this;
  }

  /** Through no proxy, whatever the environment names: for a server that the run has started. */
  public UpstreamBuilder direct() {
    direct = true;
    return this;
  }

  /**
   * @throws BridgeException LB-3010, LB-3011 where the environment's proxy or certificates cannot
   *     be used
   */
  public OpenAiUpstream build() {
    return new OpenAiUpstream(this);
  }
}
