package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAI-compatible endpoint, spoken to once a call: OpenAI, Azure, vLLM, Ollama, LiteLLM. Every
 * fault ends in a {@link ModelException} whose kind says what may be done about it. The key goes to
 * that endpoint alone: redirects are not followed. Thread-safe.
 */
public final class OpenAiUpstream implements ChatModel, AutoCloseable {
  private static final Duration LISTING_TIMEOUT = Duration.ofSeconds(5);

  private final URI completions;
  private final Map<String, String> headers;
  private final ApiKey key;
  private final Secrets secrets;
  private final EndpointCall call;
  private final String keyHeader;
  private final Duration timeout;
  private final int maxAnswerBytes;
  private final Clock clock;
  private final EndpointClient client;
  private volatile @Nullable List<String> listed;

  OpenAiUpstream(UpstreamBuilder builder) {
    completions = builder.withQuery();
    headers = Map.copyOf(builder.headers);
    key = builder.key;
    secrets = Secrets.of(key, builder.headers.values(), builder.query.values());
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
  public static UpstreamBuilder at(String baseUrl) {
    return new UpstreamBuilder(baseUrl);
  }

  @Override
  public ChatAnswer complete(ChatRequest request) throws ModelException {
    HttpRequest.Builder http =
        request(completions)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(request.body())));
    HttpResponse<byte[]> response = client.exchange(http, timeout);
    String body = text(response);
    int status = response.statusCode();
    if (status / 100 == 3) {
      String location = response.headers().firstValue("location").orElse("");
      throw FailureText.redirect(
          call, EndpointReply.of(status, "").redacted(secrets), secrets.redact(location));
    }
    if (status / 100 != 2) {
      throw failure(request, EndpointReply.of(status, body), response, body);
    }
    String type = response.headers().firstValue("content-type").orElse("");
    try {
      ChatAnswer answer = CompletionBody.answer(request, type.toLowerCase(Locale.ROOT), body);
      secrets.redactIn(answer.body());
      return answer;
    } catch (ModelException e) {
      EndpointReply reply = e.reply();
      throw reply == null
          ? new ModelException(
              e.kind(),
              secrets.redact(call.named(String.valueOf(e.getMessage()))),
              e.remedy(),
              e.retryAfterMs(),
              null,
              e.getCause())
          : failure(request, reply, response, body);
    }
  }

  private HttpRequest.Builder request(URI address) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(address).header("Accept", "application/json, text/event-stream");
    headers.forEach(http::setHeader);
    if (key.isPresent()) {
      http.header(keyHeader, keyValue());
    }
    return http;
  }

  private String keyValue() {
    return keyHeader.equals("Authorization") ? "Bearer " + key.value() : key.value();
  }

  private ModelException failure(
      ChatRequest request, EndpointReply reply, HttpResponse<byte[]> response, String body) {
    return EndpointFailure.of(
        call,
        reply.redacted(secrets),
        RetryAfter.ms(reply.status(), response.headers(), body, clock),
        () -> ListedModels.shown(listed(), request.model()));
  }

  private List<String> listed() {
    List<String> known = listed;
    if (known == null) {
      try {
        known = models();
      } catch (ModelException e) {
        // It was asked for by the way; the failure at hand is told without.
        known = List.of();
      }
      listed = known;
    }
    return known;
  }

  /**
   * The names of the models that the endpoint lists; empty where it lists none.
   *
   * @throws ModelException as {@link #complete}
   */
  public List<String> models() throws ModelException {
    HttpRequest.Builder http = request(EndpointCall.models(completions)).GET();
    HttpResponse<byte[]> response = client.exchange(http, LISTING_TIMEOUT);
    String body = text(response);
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw EndpointFailure.of(call, EndpointReply.of(status, body).redacted(secrets), null);
    }
    return status == 200 ? ListedModels.in(body).stream().map(secrets::redact).toList() : List.of();
  }

  /**
   * Sends another program's call on as it is, with this endpoint's key and headers beside the given
   * ones; whatever is answered passes as it comes. Waits until the host is known, so not for an
   * event loop.
   *
   * @param body of a chat completion; null asks for the list of models
   * @param passed headers of the call; those that a client sets itself are none of them
   * @throws ModelException UNREACHABLE, NETWORK, TIMEOUT, CANCELLED
   */
  public HttpResponse<Flow.Publisher<List<ByteBuffer>>> relay(
      byte @Nullable [] body, Map<String, List<String>> passed) throws ModelException {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(body == null ? EndpointCall.models(completions) : completions)
            .timeout(timeout);
    passed.forEach((name, values) -> values.forEach(value -> http.header(name, value)));
    headers.forEach(http::setHeader);
    if (key.isPresent()) {
      http.setHeader(keyHeader, keyValue());
    }
    return client.relay(
        body == null ? http.GET() : http.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
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
      return new String(body, StandardCharsets.UTF_8);
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
}
