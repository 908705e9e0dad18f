package dev.lightningbridge.model;

import dev.lightningbridge.model.ModelException.Kind;
import java.time.Duration;
import java.util.regex.Pattern;

/** An endpoint's error in words: what happened and where, and what can be done. */
record FailureText(String message, String remedy) {
  /** What nginx, Go's servers and Apache answer to plain HTTP at a port of TLS. */
  private static final Pattern WANTS_TLS =
      Pattern.compile(
          "(?i)plain http request was sent to https port|http request to an https server"
              + "|plain http to an ssl-enabled");

  private static final String TOO_LARGE =
      "The account may use fewer tokens a minute than this one request asks for: lower"
          + " --max-output-tokens, shorten prompt and input, or have the account's limit raised.";

  /**
   * @param names what models the endpoint lists, in words; empty where it lists none
   */
  static FailureText of(EndpointCall call, EndpointReply reply, Kind kind, String names) {
    String at = call.named(EndpointCall.NAMELESS);
    String answered = "%s answered %d: %s".formatted(at, reply.status(), reply.shown());
    return switch (kind) {
      case UNAUTHORIZED -> unauthorized(answered, call, reply);
      case MODEL_NOT_FOUND -> notFound(answered, call, reply, names);
      case BAD_REQUEST ->
          new FailureText(
              answered,
              LimitComplaint.neverFits(reply)
                  ? TOO_LARGE
                  : WANTS_TLS.matcher(reply.words()).find()
                      ? "Write https:// in --base-url."
                      : Remedy.of(kind));
      default -> new FailureText(answered, Remedy.of(kind));
    };
  }

  /** Of a limit that is used up for longer than anything is waited for. */
  static String later(long ms) {
    Duration wait = Duration.ofMillis(ms);
    return "It asks to wait %d h %d min: resume the run then, or use another key or model."
        .formatted(wait.toHours(), wait.toMinutesPart());
  }

  /** Of a status 3xx: the key would go along to wherever it sends. */
  static ModelException redirect(EndpointCall call, EndpointReply reply, String location) {
    String to = location.isEmpty() ? "elsewhere" : "to " + EndpointReply.shortened(location);
    return new ModelException(
        Kind.BAD_REQUEST,
        "%s answered %d and sends %s, which is not followed"
            .formatted(call.url(), reply.status(), to),
        "Give that address as --base-url if you trust it with the key, without /chat/completions.",
        null,
        reply,
        null);
  }

  private static FailureText unauthorized(String answered, EndpointCall call, EndpointReply reply) {
    if (EmptyAccount.isSaidBy(reply)) {
      return new FailureText(
          answered, "The account has no money or quota left: add some, or use another key.");
    }
    String said = answered + " (key: " + call.key().source() + ")";
    if (reply.status() == 403) {
      return new FailureText(
          said,
          reply.structured()
              ? "Check what the key's account may use, and whether the endpoint asks for a header"
                  + " more, to be given by --header NAME=VALUE."
              : "A gateway or firewall before the endpoint forbids the call: ask who runs it.");
    }
    return new FailureText(
        said,
        call.key().isPresent()
            ? "Check that it is the key of this endpoint, and that it is still good."
            : "Set the variable, or name another by --key-env or a file by --key-file.");
  }

  private static FailureText notFound(
      String answered, EndpointCall call, EndpointReply reply, String names) {
    if (EndpointFailure.otherPath(reply)) {
      return new FailureText(
          answered,
          "Lightning Bridge speaks /chat/completions alone: name a model that answers there.");
    }
    if (EndpointFailure.noModel(reply)) {
      return new FailureText(
          answered, names.isEmpty() ? Remedy.of(Kind.MODEL_NOT_FOUND) : "It has " + names + ".");
    }
    String versioned = call.versioned();
    return new FailureText(
        answered,
        versioned == null
            ? "Check the path of --base-url (most servers end in /v1), and its query where the endpoint asks for one."
            : "Try --base-url " + versioned + ".");
  }
}
