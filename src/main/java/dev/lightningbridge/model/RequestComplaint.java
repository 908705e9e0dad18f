package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads out of an error what about a request a model does not take, and changes the form of its
 * requests so that it does. Understands the words of OpenAI (its reasoning models too), Azure,
 * vLLM, SGLang, llama.cpp, Mistral, Gemini, Groq, DeepSeek, DashScope, Anthropic's compatible
 * endpoint, LiteLLM and FastAPI.
 */
final class RequestComplaint {
  private static final Set<Integer> STATUSES = Set.of(400, 413, 422, 429);
  private static final Pattern NO_SYSTEM =
      Pattern.compile(
          "system (role|message|prompt|instruction)s? .{0,40}(not|n't|unsupported)"
              + "|does not support .?system"
              + "|developer instruction is not enabled"
              + "|only user(,| and| or).{0,20}assistant (roles|messages)"
              + "|roles must alternate|unknown role:? .?system|unexpected role .?system"
              + "|must be .?user.? or .?assistant");
  private static final Pattern ONLY_STREAM =
      Pattern.compile(
          "only supports? (the )?stream|stream mode only|streaming is required"
              + "|enable the stream|stream (must|should|has to|needs to) be (set to )?true"
              + "|non-?streaming .{0,40}not supported|requires stream"
              + "|false for non-?streaming|not be support(ed)? when .?stream=false");

  /** Groq's word for an answer that it wanted to be JSON and threw away. */
  private static final String JSON_FAILED = "json_validate_failed";

  /** Without them a request is no request. */
  private static final Set<String> NEEDED = Set.of("model", "messages", "tools", "functions");

  /** What a word of a sentence could be too: taken for a parameter only in quotes. */
  private static final Set<String> WORDS = Set.of("n", "stop", "user", "seed", "stream", "store");

  private final String words;
  private final EndpointReply reply;
  private final ObjectNode body;

  private RequestComplaint(EndpointReply reply, ObjectNode body) {
    this.words = reply.words().toLowerCase(Locale.ROOT);
    this.reply = reply;
    this.body = body;
  }

  /** A form in which the model may take the request, and what to say about it. */
  record Change(RequestForm form, String notice) {}

  /**
   * What to change; empty where the error names nothing of the request.
   *
   * @param form the one that the request was sent in
   * @param sent the request as it was sent
   */
  static Optional<Change> in(ModelException e, RequestForm form, ChatRequest sent) {
    EndpointReply reply = e.reply();
    if (reply == null || !reply.structured() || !isAboutTheRequest(e)) {
      return Optional.empty();
    }
    return new RequestComplaint(reply, sent.body()).change(form, sent.model());
  }

  private static boolean isAboutTheRequest(ModelException e) {
    // llama.cpp's server answers 500 where a template does not take a role.
    return (STATUSES.contains(e.status())
            && (e.kind() == Kind.BAD_REQUEST || e.kind() == Kind.CONTEXT_TOO_LONG))
        || e.status() == 500;
  }

  private Optional<Change> change(RequestForm form, String model) {
    if (hasSystem() && (NO_SYSTEM.matcher(words).find() || reply.param().endsWith(".role"))) {
      return Optional.of(
          new Change(
              form.withSystemInUser(),
              model + " takes no system message: its text stands before the user's."));
    }
    if (reply.status() == 500) {
      return Optional.empty();
    }
    if (!body.path("stream").asBoolean(false) && ONLY_STREAM.matcher(words).find()) {
      return Optional.of(
          new Change(form.withStream(), model + " answers only in a stream: it is read as one."));
    }
    String limit = limitName();
    if (limit != null) {
      OptionalLong most = LimitComplaint.most(words, body.path(limit).asLong());
      if (most.isPresent()) {
        return Optional.of(
            new Change(
                form.withMostTokens(most.getAsLong()),
                String.format(
                    Locale.ROOT,
                    "%s takes no limit of %,d tokens for an answer: calls go with %,d.",
                    model,
                    body.path(limit).asLong(),
                    most.getAsLong())));
      }
    }
    return named().map(parameter -> without(parameter, form, model));
  }

  private boolean hasSystem() {
    return StreamSupport.stream(body.path("messages").spliterator(), false)
        .map(message -> message.path("role").asText())
        .anyMatch(role -> role.equals("system") || role.equals("developer"));
  }

  private @Nullable String limitName() {
    return RequestForm.LIMITS.stream()
        .filter(name -> body.path(name).isNumber())
        .findFirst()
        .orElse(null);
  }

  /** The parameter of the request that the error names. */
  private Optional<String> named() {
    List<String> sent = body.properties().stream().map(Map.Entry::getKey).toList();
    if (sent.contains("response_format") && reply.codes().contains(JSON_FAILED)) {
      return Optional.of("response_format");
    }
    String param = reply.param().replaceFirst("[.\\[].*", "");
    if (sent.contains(param) && !NEEDED.contains(param)) {
      return Optional.of(param);
    }
    return sent.stream().filter(name -> !NEEDED.contains(name)).filter(this::isNamed).findFirst();
  }

  private boolean isNamed(String name) {
    String quoted = "[\"'`]" + Pattern.quote(name) + "[\"'`:.]";
    String bare = "(?<![\\w.])" + Pattern.quote(name) + "(?!\\w)";
    return Pattern.compile(WORDS.contains(name) ? quoted : quoted + "|" + bare)
        .matcher(words)
        .find();
  }

  private Change without(String parameter, RequestForm form, String model) {
    if (RequestForm.LIMITS.contains(parameter)) {
      String other = RequestForm.LIMITS.get(1 - RequestForm.LIMITS.indexOf(parameter));
      boolean tried = form.renamed().containsKey(other) || form.renamed().containsValue(parameter);
      if (!tried) {
        return new Change(
            form.withRenamed(parameter, other),
            "%s knows %s as %s: calls name it so.".formatted(model, parameter, other));
      }
    }
    return new Change(
        form.withDropped(parameter),
        "%s does not take %s%s: calls go without it."
            .formatted(model, parameter, value(body.path(parameter))));
  }

  private static String value(JsonNode value) {
    return value.isNumber() ? " " + value.asText() : "";
  }
}
