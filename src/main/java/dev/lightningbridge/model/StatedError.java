package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An error that an answer holds although its status is 200. */
final class StatedError {
  private static final String[] STATUSES = {"code", "status", "status_code", "http_code"};
  private static final String[] NAMES = {"code", "type", "status"};

  /** LM Studio's words for a path that it does not have, and other servers'. */
  private static final Pattern NO_PATH =
      Pattern.compile(
          "(?i)\\b(?:unexpected|unknown|invalid) (?:endpoint|path|route|url)\\b"
              + "|\\b(?:path|route|endpoint) not found\\b");

  private StatedError() {}

  /** The failure that the body or one of its choices states; null where none does. */
  static @Nullable ModelException in(ObjectNode completion) {
    if (completion.path("object").asText("").equals("error")) {
      return failure(completion);
    }
    if (isError(completion.path("error"))) {
      return failure(completion.path("error"));
    }
    JsonNode minimax = completion.path("base_resp");
    if (minimax.path("status_code").asInt(0) != 0 && completion.path("choices").isEmpty()) {
      return minimax(minimax);
    }
    for (JsonNode choice : completion.path("choices")) {
      if (isError(choice.path("error"))) {
        return failure(choice.path("error"));
      }
    }
    return null;
  }

  /** Some endpoints send an empty error along with every answer. */
  private static boolean isError(JsonNode error) {
    if (error.isContainerNode()) {
      for (JsonNode member : error) {
        if (isError(member) || (member.isIntegralNumber() && member.asInt() != 0)) {
          return true;
        }
      }
      return false;
    }
    return error.isTextual() && !error.textValue().isBlank();
  }

  /** By MiniMax's own codes (platform.minimax.io/docs/api-reference/errorcode). */
  private static ModelException minimax(JsonNode said) {
    int code = said.path("status_code").asInt();
    ObjectNode error = Json.mapper().createObjectNode();
    error.set("message", said.path("status_msg"));
    switch (code) {
      case 1001 -> error.put("code", 504);
      case 1002, 1039, 1041 -> error.put("code", 429);
      case 1004, 2049 -> error.put("code", 401);
      case 1008 -> error.put("code", 402);
      case 1026, 1027 -> error.put("code", "content_filter");
      case 1042, 2013 -> error.put("code", 400);
      default -> error.put("code", 500);
    }
    return failure(error);
  }

  private static ModelException failure(JsonNode error) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.set("error", error);
    return EndpointFailure.of(status(error), Json.write(body), null);
  }

  private static int status(JsonNode error) {
    for (String name : STATUSES) {
      int status = error.path(name).asInt(0);
      if (status >= 400 && status <= 599) {
        return status;
      }
    }
    String words = error.isTextual() ? error.textValue() : error.path("message").asText("");
    if (NO_PATH.matcher(words).find()) {
      return 404;
    }
    StringBuilder said = new StringBuilder();
    for (String name : NAMES) {
      said.append(error.path(name).asText("").toLowerCase(Locale.ROOT)).append(' ');
    }
    return status(said.toString());
  }

  private static int status(String names) {
    if (has(names, "rate_limit", "too_many", "resource_exhausted", "throttl")) {
      return 429;
    }
    if (has(names, "quota", "credit", "billing", "payment", "balance")) {
      return 402;
    }
    if (has(names, "auth", "api_key", "permission")) {
      return 401;
    }
    if (has(names, "not_found")) {
      return 404;
    }
    if (has(names, "timeout", "timed_out", "deadline")) {
      return 504;
    }
    return has(names, "invalid", "bad_request", "context", "content", "policy", "unsupported")
        ? 400
        : 500;
  }

  private static boolean has(String names, String... parts) {
    for (String part : parts) {
      if (names.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
