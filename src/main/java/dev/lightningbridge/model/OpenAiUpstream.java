package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ModelException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An OpenAI-compatible endpoint, spoken to once a call: OpenAI, Azure, vLLM, Ollama, LiteLLM. Every
 * fault ends in a {@link ModelException} whose kind says what may be done about it. The key goes to
 * that endpoint alone: redirects are not followed. Thread-safe.
 */
public final class OpenAiUpstream implements ChatModel, AutoCloseable {
  private final URI completions;
  private final Map<String, String> headers;
  private final ApiKey key;
  private final EndpointCall call;
  private final String keyHeader;
  private final Duration timeout;
  private final int maxAnswerBytes;
  private final Clock clock;
  private final EndpointClient client;

  private OpenAiUpstream(Builder builder) {
    completions = builder.withQuery();
    headers = Map.copyOf(builder.headers);
    key = builder.key;
    call = EndpointCall.of(completions, key);
    keyHeader = builder.keyHeader;
    timeout = builder.timeout;
    maxAnswerBytes = builder.maxAnswerBytes;
    clock = builder.clock;
    client =
        new EndpointClient(completions, call, builder.environment, builder.direct, maxAnswerBytes);
  }

  /**
   * An upstream at a base URL such as {@code https://api.openai.com/v1}; a query, such as Azure's
   * {@code ?api-version=}, is kept.
   *
   * @throws BridgeException LB-3001 where it is no such URL
   */
  public static Builder at(String baseUrl) {
    return new Builder(baseUrl);
  }

  @Override
  public ChatAnswer complete(ChatRequest request) throws ModelException {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(completions)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(request.body())));
    headers.forEach(http::setHeader);
    if (key.isPresent()) {
      boolean bearer = keyHeader.equals("Authorization");
      http.header(keyHeader, bearer ? "Bearer " + key.value() : key.value());
    }
    HttpResponse<byte[]> response = client.exchange(http, timeout);
    String body = text(response);
    int status = response.statusCode();
    if (status / 100 == 3) {
      throw new ModelException(
          Kind.BAD_REQUEST,
          "The endpoint answered %d and sends elsewhere; that is not followed. Check the base URL"
              .formatted(status));
    }
    if (status / 100 != 2) {
      throw EndpointFailure.of(
          call,
          EndpointReply.of(status, body),
          RetryAfter.ms(status, response.headers(), body, clock));
    }
    String type = response.headers().firstValue("content-type").orElse("");
    try {
      return CompletionBody.answer(request, type.toLowerCase(Locale.ROOT), body);
    } catch (ModelException e) {
      EndpointReply reply = e.reply();
      throw reply == null
          ? e
          : EndpointFailure.of(
              call, reply, RetryAfter.ms(reply.status(), response.headers(), body, clock));
    }
  }

  private String text(HttpResponse<byte[]> response) throws ModelException {
    String encoding =
        response
            .headers()
            .firstValue("content-encoding")
            .orElse("")
            .strip()
            .toLowerCase(Locale.ROOT);
    try {
      byte[] body = LimitedBody.unpacked(response.body(), encoding, maxAnswerBytes);
      return key.redact(new String(body, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw CompletionBody.malformed("what cannot be unpacked: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /** Host and path, without the query. */
  @Override
  public String toString() {
    return call.url();
  }

  /** Collects what the upstream needs. */
  public static final class Builder {
    private final URI completions;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private ApiKey key = ApiKey.NONE;
    private String keyHeader;
    private Duration timeout = Duration.ofMinutes(10);
    private int maxAnswerBytes = 20_000_000;
    private Clock clock = Clock.systemUTC();
    private Map<String, String> environment = System.getenv();
    private boolean direct;

    private Builder(String baseUrl) {
      completions = completions(baseUrl);
      // Azure takes a bearer only for a token of Entra ID.
      keyHeader = completions.getHost().endsWith(".azure.com") ? "api-key" : "Authorization";
    }

    public Builder key(ApiKey value) {
      key = value;
      return this;
    }

    /** The header that carries the key; {@code Authorization} carries it as a bearer token. */
    public Builder keyHeader(String value) {
      keyHeader = value;
      return this;
    }

    /** A header of every call. */
    public Builder header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    /** A parameter of the URL, beside those of the base URL. */
    public Builder query(String name, String value) {
      query.put(name, value);
      return this;
    }

    private URI withQuery() {
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
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /** The longest answer, packed and unpacked. */
    public Builder maxAnswerBytes(int value) {
      maxAnswerBytes = value;
      return this;
    }

    /** For wishes to wait until a date. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /** Where proxies and certificates are named; this process's own unless told so. */
    public Builder environment(Map<String, String> value) {
      environment = value;
      return this;
    }

    /** Through no proxy, whatever the environment names: for a server that the run has started. */
    public Builder direct() {
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

    private static final Pattern SECRET =
        Pattern.compile("(?i)(^|&)[^=&]*(key|token|secret|sig|signature|password|code)=");

    private static URI completions(String baseUrl) {
      URI base;
      try {
        base = new URI(baseUrl.strip());
      } catch (URISyntaxException e) {
        throw invalid("The base URL is no URL", "the given one");
      }
      String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
      if (base.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
        throw invalid("The base URL is not of the form http(s)://HOST/PATH", "the given one");
      }
      if (base.getRawUserInfo() != null || base.getRawFragment() != null) {
        throw invalid("The base URL holds a user or a fragment", base.getHost());
      }
      if (base.getRawQuery() != null && SECRET.matcher(base.getRawQuery()).find()) {
        throw invalid(
            "The base URL holds a key, and what is typed here is kept with the run",
            base.getHost());
      }
      String path = base.getRawPath().replaceFirst("/+$", "");
      String completions = path.endsWith("/chat/completions") ? path : path + "/chat/completions";
      String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
      return URI.create(scheme + "://" + base.getRawAuthority() + completions + query);
    }

    private static BridgeException invalid(String what, String where) {
      return new BridgeException(
          ModelError.BASE_URL_INVALID,
          what,
          where,
          "Give one such as https://api.openai.com/v1 or http://localhost:11434/v1; the key belongs"
              + " in an environment variable (--key-env), one in the query too: --query NAME=env:VARIABLE.");
    }
  }
}
