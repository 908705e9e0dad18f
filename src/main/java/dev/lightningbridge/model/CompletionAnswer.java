package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.ControlText;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes for an answer only what is one: the model's own words, whole and readable. Everything else
 * is a failure, and one of the agent only where the API's own code says that model or filter
 * declined.
 *
 * <p>The text is cleaned here, once for every role: thinking goes to {@code reasoning_content},
 * where a server with a reasoning parser puts it; the tokens that end a turn, what an editor talks
 * around its prompt, and the marks of the request's {@link Fence} are left out. So the journal
 * keeps, and every engine gets, the same text.
 */
final class CompletionAnswer {
  private static final Set<ModelRole> ONLY_WHOLE =
      EnumSet.of(ModelRole.CRITIC, ModelRole.EDITOR, ModelRole.JUDGE);

  private final ChatRequest request;
  private final ObjectNode completion;
  private final Usage usage;
  private final @Nullable Long limit;

  private CompletionAnswer(ChatRequest request, ObjectNode completion) {
    this.request = request;
    this.completion = completion;
    this.usage = TokenEstimate.usage(request.body(), completion);
    this.limit = limit(request.body());
  }

  /**
   * The answer, each choice with its clean text as {@code message.content}.
   *
   * @throws ModelException REFUSED where model or filter declined; EMPTY_ANSWER where there is no
   *     visible text; CUT_OFF where the limit of tokens left none, or cut off a critique, an edit
   *     or a judgement; MALFORMED_ANSWER where there is no choice or it calls tools that nobody
   *     offered; else the kind of the error that the body states
   */
  static ChatAnswer of(ChatRequest request, ObjectNode completion) throws ModelException {
    return new CompletionAnswer(request, completion).read();
  }

  private static @Nullable Long limit(ObjectNode body) {
    boolean set =
        body.path("max_completion_tokens").isNumber() || body.path("max_tokens").isNumber();
    return set ? TokenEstimate.completionLimit(body) : null;
  }

  private ChatAnswer read() throws ModelException {
    JsonNode choices = completion.path("choices");
    for (JsonNode choice : choices) {
      throwIfDeclined(choice);
    }
    ModelException stated = StatedError.in(completion);
    if (stated != null) {
      throw stated;
    }
    if (!choices.isArray() || choices.isEmpty()) {
      throw CompletionBody.malformed(
          "no choices: " + EndpointFailure.said(completion.toString()), null);
    }
    for (JsonNode choice : choices) {
      if (!(choice instanceof ObjectNode object)) {
        throw CompletionBody.malformed("a choice that is no object", null);
      }
      read(object);
    }
    return new ChatAnswer(completion, usage);
  }

  private static void throwIfDeclined(JsonNode choice) throws ModelException {
    if (FinishReason.of(choice) == FinishReason.FILTERED) {
      String word = choice.path("finish_reason").asText("");
      throw new ModelException(
          Kind.REFUSED, "A filter cut the answer off (finish_reason: %s)".formatted(word));
    }
    if (choice.isObject()) {
      String refusal = MessageText.refusal(choice.path("message"));
      if (!refusal.isEmpty()) {
        throw new ModelException(
            Kind.REFUSED, "The model declined: " + EndpointFailure.said(refusal));
      }
    }
  }

  private void read(ObjectNode choice) throws ModelException {
    FinishReason reason = FinishReason.of(choice);
    if (reason == FinishReason.FAILED) {
      throw new ModelException(
          Kind.SERVER_ERROR,
          "The endpoint broke the answer off (finish_reason: %s)"
              .formatted(choice.path("finish_reason").asText("")));
    }
    if (callsTools(choice)) {
      if (!offersTools()) {
        throw CompletionBody.malformed("with a call of tools, and none were offered", null);
      }
      return;
    }
    boolean limited = reason == FinishReason.LENGTH;
    if (limited && !choice.has("message") && !choice.has("text")) {
      // Gemini's, where the limit ended its thinking.
      throw cutOff("before it said anything");
    }
    Thinking said = Thinking.in(TurnTokens.offTheEnd(MessageText.of(choice)));
    boolean thought = !said.thoughts().isEmpty();
    if (MessageText.isBlank(said.answer())) {
      throw limited || usedUp() ? cutOff("before it said anything") : empty(choice, thought);
    }
    if (limited && ONLY_WHOLE.contains(request.role())) {
      throw cutOff(
          "before the answer of the %s was whole"
              .formatted(request.role().name().toLowerCase(Locale.ROOT)));
    }
    String text = request.withoutFences(said.answer());
    if (request.role() == ModelRole.EDITOR) {
      // It is a prompt, which is tested as it would be stored.
      text = ControlText.cleaned(PromptWrapping.off(text));
    }
    if (MessageText.isBlank(text)) {
      throw empty(choice, thought);
    }
    put(choice, MessageText.readable(text), said.thoughts());
  }

  private static boolean callsTools(JsonNode choice) {
    JsonNode message = choice.path("message");
    return !message.path("tool_calls").isEmpty() || !message.path("function_call").isEmpty();
  }

  private boolean offersTools() {
    return !request.body().path("tools").isEmpty() || !request.body().path("functions").isEmpty();
  }

  /** Some servers do not say by the finish reason that the limit ended an answer. */
  private boolean usedUp() {
    return limit != null && !usage.estimated() && usage.completionTokens() >= limit;
  }

  private ModelException cutOff(String when) {
    String tokens =
        limit == null
            ? "the endpoint's own limit of"
            : String.format(Locale.ROOT, "its limit of %,d", limit);
    return new ModelException(
        Kind.CUT_OFF, "%s used up %s tokens %s".formatted(request.model(), tokens, when));
  }

  private ModelException empty(JsonNode choice, boolean thought) {
    JsonNode message = choice.path("message");
    boolean aside = message.hasNonNull("reasoning_content") || message.hasNonNull("reasoning");
    String word = choice.path("finish_reason").asText("none");
    String what =
        "%s gave an answer without any text%s (finish_reason: %s)"
            .formatted(request.model(), thought || aside ? " but its thinking" : "", word);
    return aside
        ? new ModelException(
            Kind.EMPTY_ANSWER,
            what,
            "If every answer is so, the server takes answers for thinking: start it with the"
                + " reasoning parser of this model or with none.",
            null,
            null,
            null)
        : new ModelException(Kind.EMPTY_ANSWER, what);
  }

  private static void put(ObjectNode choice, String text, String thoughts) {
    ObjectNode message =
        choice.get("message") instanceof ObjectNode there
            ? there
            : choice.putObject("message").put("role", "assistant");
    message.put("content", text);
    if (!thoughts.isEmpty() && !message.hasNonNull("reasoning_content")) {
      message.put("reasoning_content", MessageText.readable(thoughts));
    }
  }
}
