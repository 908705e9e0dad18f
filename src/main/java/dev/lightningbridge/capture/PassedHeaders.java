package dev.lightningbridge.capture;

import io.vertx.core.MultiMap;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which headers of a call and of its answer pass: those from end to end (RFC 9110, 7.6.1), without
 * what the caller and this server, or this server and the endpoint, have between themselves.
 */
final class PassedHeaders {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** The key is the endpoint's; its client writes host and length, and reads nothing packed. */
  private static final Set<String> OF_THE_CALLER =
      Set.of(
          "accept-encoding",
          "api-key",
          "authorization",
          "content-length",
          "cookie",
          "expect",
          "host",
          "origin",
          "referer",
          CallTrace.HEADER.toLowerCase(Locale.ROOT));

  /** Cookies and policies of the endpoint's site are none of this one's. */
  private static final Set<String> OF_THE_ENDPOINT =
      Set.of("alt-svc", "content-security-policy", "set-cookie", "strict-transport-security");

  private PassedHeaders() {}

  /** Those of a call. */
  static Map<String, List<String>> of(MultiMap call) {
    Set<String> left = named(call.getAll("connection").stream());
    left.addAll(OF_THE_CALLER);
    Map<String, List<String>> passed = new LinkedHashMap<>();
    call.forEach(
        (name, value) -> {
          String plain = name.toLowerCase(Locale.ROOT);
          if (!left.contains(plain) && !plain.startsWith("sec-") && !plain.startsWith(":")) {
            passed.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
          }
        });
    return passed;
  }

  /** Those of an answer. */
  static void each(HttpHeaders answer, BiConsumer<String, List<String>> passing) {
    Set<String> left = named(answer.allValues("connection").stream());
    left.addAll(OF_THE_ENDPOINT);
    answer
        .map()
        .forEach(
            (name, values) -> {
              if (!left.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                passing.accept(name, values);
              }
            });
  }

  /** Hop-by-hop headers, and those that the Connection header names. */
  private static Set<String> named(Stream<String> connection) {
    return Stream.concat(
            HOP_BY_HOP.stream(),
            connection
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT)))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
