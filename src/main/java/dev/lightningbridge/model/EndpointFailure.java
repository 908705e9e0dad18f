package dev.lightningbridge.model;

import dev.lightningbridge.model.ModelException.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's error means. What turns a failure into the agent's own, a filter's refusal or
 * a text that is too long, is taken from the API's error alone, never from a page that came in
 * between.
 */
final class EndpointFailure {
  /** A wait that is longer is no window of a rate limit. */
  private static final long LONGEST_WINDOW_MS = 600_000;

  private static final Set<String> FILTERS =
      Set.of(
          "content_filter",
          "content_filtered",
          "content_policy_violation",
          "responsibleaipolicyviolation",
          "contentpolicyviolationerror",
          "moderation_blocked",
          "data_inspection_failed",
          "datainspectionfailed");
  private static final Set<String> TOO_LONG_CODES =
      Set.of("context_length_exceeded", "exceed_context_size_error", "string_above_max_length");
  private static final Pattern TOO_LONG =
      Pattern.compile(
          "context_length_exceeded|contextwindowexceeded|maximum context length|context window"
              + "|context length|prompt is too long|too many tokens|max_model_len"
              + "|exceeds the maximum number of tokens|input token count");
  private static final Pattern OWN_LIMIT =
      Pattern.compile("max_(completion_|output_|new_)?tokens\\b");
  private static final Set<String> NO_MODEL_CODES =
      Set.of(
          "model_not_found",
          "deploymentnotfound",
          "model_not_supported",
          "unavailable_model",
          "unknown_model");
  private static final Pattern NO_MODEL =
      Pattern.compile(
          "model_not_found|deploymentnotfound|model .{0,200}(not found|does not exist)"
              + "|invalid model name|unknown model|no such model|not a valid model");
  private static final Pattern OTHER_PATH =
      Pattern.compile(
          "only supported in v1/(responses|completions)|not a chat model"
              + "|not accessible via the /chat/completions");
  private static final Pattern NO_KEY =
      Pattern.compile(
          "invalid_api_key|api key not valid|api_key_invalid|incorrect api key"
              + "|authenticationerror");

  /** Groq's word for a call of tools in the place of an answer. */
  private static final String TOOLS_CALLED = "tool_use_failed";

  /** LiteLLM names a chain of its exceptions before the provider's words. */
  private static final Pattern LITELLMS_FILTER =
      Pattern.compile("(litellm\\.\\w+: )*litellm\\.contentpolicyviolationerror");

  private EndpointFailure() {}

  /** Of an error that an answer's body holds, with the status that it states. */
  static ModelException of(int status, String body, @Nullable Long retryAfterMs) {
    return of(EndpointCall.UNKNOWN, EndpointReply.of(status, body), retryAfterMs);
  }

  /**
   * @param retryAfterMs how long the endpoint asks to wait
   */
  static ModelException of(EndpointCall call, EndpointReply reply, @Nullable Long retryAfterMs) {
    return of(call, reply, retryAfterMs, () -> "");
  }

  /**
   * @param names asked for the models that the endpoint lists where it does not know the one named
   */
  static ModelException of(
      EndpointCall call, EndpointReply reply, @Nullable Long retryAfterMs, Supplier<String> names) {
    Kind kind = kind(reply, retryAfterMs);
    boolean unknown = kind == Kind.MODEL_NOT_FOUND && noModel(reply);
    FailureText text = FailureText.of(call, reply, kind, unknown ? names.get() : "");
    String remedy =
        kind == Kind.RATE_LIMITED && retryAfterMs != null && retryAfterMs >= LONGEST_WINDOW_MS
            ? FailureText.later(retryAfterMs)
            : text.remedy();
    return new ModelException(kind, text.message(), remedy, retryAfterMs, reply, null);
  }

  private static Kind kind(EndpointReply reply, @Nullable Long retryAfterMs) {
    int status = reply.status();
    if (EmptyAccount.isSaidBy(reply)) {
      // An account without money is as good as a wrong key: no use in asking again. But some call
      // the quota of a minute by the same code.
      boolean window = status == 429 && retryAfterMs != null && retryAfterMs < LONGEST_WINDOW_MS;
      return window ? Kind.RATE_LIMITED : Kind.UNAUTHORIZED;
    }
    if (status < 500 && filtered(reply)) {
      return Kind.REFUSED;
    }
    return switch (status) {
      case 401, 403 -> Kind.UNAUTHORIZED;
      case 404, 405 -> Kind.MODEL_NOT_FOUND;
      case 408, 504 -> Kind.TIMEOUT;
      case 429 -> LimitComplaint.neverFits(reply) ? Kind.BAD_REQUEST : Kind.RATE_LIMITED;
      case 409, 425 -> Kind.SERVER_ERROR;
      default -> status >= 500 ? Kind.SERVER_ERROR : ofRequest(reply);
    };
  }

  private static Kind ofRequest(EndpointReply reply) {
    if (tooLong(reply)) {
      return Kind.CONTEXT_TOO_LONG;
    }
    if (noModel(reply) || otherPath(reply)) {
      return Kind.MODEL_NOT_FOUND;
    }
    if (reply.hasCode(Set.of(TOOLS_CALLED))) {
      return Kind.MALFORMED_ANSWER;
    }
    return reply.says(NO_KEY) ? Kind.UNAUTHORIZED : Kind.BAD_REQUEST;
  }

  private static boolean filtered(EndpointReply reply) {
    return reply.hasCode(FILTERS)
        || (reply.structured()
            && (LITELLMS_FILTER.matcher(reply.words().toLowerCase(Locale.ROOT)).lookingAt()
                || reply.words().equals("Content Exists Risk")));
  }

  private static boolean tooLong(EndpointReply reply) {
    if (reply.says(OWN_LIMIT)) {
      // The limit of the answer is this product's own: the agent has done nothing wrong.
      return false;
    }
    return reply.hasCode(TOO_LONG_CODES) || reply.says(TOO_LONG);
  }

  static boolean noModel(EndpointReply reply) {
    return reply.hasCode(NO_MODEL_CODES) || reply.says(NO_MODEL);
  }

  /** Whether the model is there, but speaks by another path of the API. */
  static boolean otherPath(EndpointReply reply) {
    return reply.says(OTHER_PATH);
  }

  /** A body's words on one line, shortened. */
  static String said(String body) {
    return EndpointReply.of(0, body).shown();
  }
}
