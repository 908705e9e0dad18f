package dev.lightningbridge.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.lightningbridge.model.ModelException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint can do to a caller.
 *
 * @param end the failure that it means where it lasts; null where it is no failure
 */
public record EndpointFault(String name, ResponseDefinitionBuilder response, @Nullable Kind end) {
  @Override
  public String toString() {
    return name;
  }

  /** Whether it may pass, so that a call is sent again. */
  public boolean passes() {
    return end != null && end.retryable();
  }

  public static Stream<EndpointFault> all() {
    return Stream.of(
        status(429, "rate limit", Kind.RATE_LIMITED),
        fault(
            "429 with Retry-After",
            error(429, "later").withHeader("Retry-After", "1"),
            Kind.RATE_LIMITED),
        fault(
            "429 with Retry-After of a day long past",
            error(429, "later").withHeader("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT"),
            Kind.RATE_LIMITED),
        fault(
            "429 with Retry-After beyond its ceiling",
            error(429, "later").withHeader("Retry-After", "9"),
            Kind.RATE_LIMITED),
        status(500, "error", Kind.SERVER_ERROR),
        status(502, "bad gateway", Kind.SERVER_ERROR),
        status(503, "overloaded", Kind.SERVER_ERROR),
        fault("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), Kind.NETWORK),
        fault("half a body", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK), Kind.NETWORK),
        fault("hang", okJson(answer("late")).withFixedDelay(20_000), Kind.TIMEOUT),
        fault(
            "slow drip", okJson(answer("late")).withChunkedDribbleDelay(50, 20_000), Kind.TIMEOUT),
        fault(
            "HTML with 200",
            aResponse().withHeader("Content-Type", "text/html").withBody("<html>Log in</html>"),
            Kind.MALFORMED_ANSWER),
        fault("empty choices", okJson("{\"choices\": []}"), Kind.MALFORMED_ANSWER),
        fault("null content", okJson(choice("null", "stop")), Kind.EMPTY_ANSWER),
        fault("wrong JSON", okJson("{\"choices\": [{"), Kind.MALFORMED_ANSWER),
        fault(
            "gzip bomb",
            okJson("").withHeader("Content-Encoding", "gzip").withBody(gzip(60_000_000)),
            Kind.MALFORMED_ANSWER),
        fault(
            "refusal",
            okJson("{\"choices\": [{\"message\": {\"content\": null, \"refusal\": \"no\"}}]}"),
            Kind.REFUSED),
        fault("content filter", okJson(choice("\"\"", "content_filter")), Kind.REFUSED),
        fault(
            "redirect to another host",
            aResponse().withStatus(307).withHeader("Location", "http://127.0.0.2:9/stolen"),
            Kind.BAD_REQUEST),
        status(401, "expired key", Kind.UNAUTHORIZED),
        status(404, "model not found", Kind.MODEL_NOT_FOUND),
        status(400, "context_length_exceeded", Kind.CONTEXT_TOO_LONG),
        fault("missing usage", okJson(choice("\"fine\"", "stop")), null),
        fault("1 MB answer", okJson(answer("y".repeat(1_000_000))), null));
  }

  private static EndpointFault fault(
      String name, ResponseDefinitionBuilder response, @Nullable Kind end) {
    return new EndpointFault(name, response, end);
  }

  private static EndpointFault status(int status, String message, Kind end) {
    return fault(status + " " + message, error(status, message), end);
  }

  static ResponseDefinitionBuilder error(int status, String message) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody("{\"error\": {\"message\": \"" + message + "\"}}");
  }

  private static String choice(String content, String finish) {
    return "{\"choices\": [{\"finish_reason\": \"%s\", \"message\": {\"content\": %s}}]}"
        .formatted(finish, content);
  }

  static String answer(String text) {
    String choices = choice("\"" + text + "\"", "stop");
    return choices.substring(0, choices.length() - 1)
        + ", \"usage\": {\"prompt_tokens\": 7, \"completion_tokens\": 3}}";
  }

  private static byte[] gzip(int spaces) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      for (int written = 0; written < spaces; written += 1_000_000) {
        out.write(new byte[1_000_000]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
