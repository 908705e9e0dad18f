package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Sends requests in the form that each model of an endpoint takes. What a model does not take is
 * learned from its own errors (400, 422), changed, and said once; later calls go in the new form.
 * Models that think first get room for it: their limit of tokens is raised by what their thinking
 * has taken, and the call fails as one to be made again: what was cut off has been paid for.
 *
 * <p>A request that was refused so costs nothing. Callers see the request that they made: the
 * journal knows nothing of forms, so a resumed run finds its answers. Thread-safe.
 */
public final class AdaptingModel implements ChatModel {
  /** A model that complains of more than this about one request is left to complain. */
  private static final int MOST_CHANGES = 8;

  /** Room for thinking, step by step, in tokens. */
  private static final long[] THINKING = {4_096, 16_384, 32_768};

  /** Thoughts differ in length: later ones get this many times the room of those seen. */
  private static final long SPARE = 3;

  private final ChatModel endpoint;
  private final boolean mayRaiseLimits;
  private final Consumer<String> notices;
  private final Map<String, RequestForm> forms = new ConcurrentHashMap<>();

  /**
   * @param mayRaiseLimits whether a limit of tokens may be raised for thinking; not where a person
   *     has set it
   * @param notices told of each change in a sentence
   */
  public AdaptingModel(ChatModel endpoint, boolean mayRaiseLimits, Consumer<String> notices) {
    this.endpoint = endpoint;
    this.mayRaiseLimits = mayRaiseLimits;
    this.notices = notices;
  }

  @Override
  public ChatAnswer complete(ChatRequest request) throws ModelException {
    Usage before = new Usage(0, 0, false);
    for (int changes = 0; ; changes++) {
      RequestForm form = form(request.model());
      ChatRequest sent = form.of(request);
      try {
        ChatAnswer answer = endpoint.complete(sent);
        learnThinking(request.model(), answer);
        return new ChatAnswer(answer.body(), answer.usage().plus(before));
      } catch (ModelException e) {
        if (e.kind() == Kind.CUT_OFF) {
          // It is paid for, though nothing came of it.
          before = before.plus(TokenEstimate.whole(sent.body()));
        }
        if (isCutOff(e) && raised(form, sent)) {
          throw new ModelException(Kind.LIMIT_RAISED, String.valueOf(e.getMessage()));
        }
        if (changes == MOST_CHANGES || !changed(request.model(), form, sent, e)) {
          throw e;
        }
      }
    }
  }

  private RequestForm form(String model) {
    return forms.getOrDefault(model, RequestForm.AS_IT_IS);
  }

  /** Whether there is now another form than the one that the request was sent in. */
  private boolean changed(String model, RequestForm form, ChatRequest sent, ModelException e) {
    if (!form(model).equals(form)) {
      // Another call met the same and was quicker.
      return true;
    }
    Optional<RequestComplaint.Change> change = RequestComplaint.in(e, form, sent);
    change.ifPresent(c -> adopt(model, form, c));
    return change.isPresent() && !form(model).equals(form);
  }

  private void adopt(String model, RequestForm before, RequestComplaint.Change change) {
    RequestForm now =
        forms.merge(model, change.form(), (old, wanted) -> old.equals(before) ? wanted : old);
    if (now.equals(change.form())) {
      notices.accept(change.notice());
    }
  }

  private static boolean isCutOff(ModelException e) {
    EndpointReply reply = e.reply();
    return e.kind() == Kind.CUT_OFF
        || (reply != null && reply.structured() && LimitComplaint.isUsedUp(reply.words()));
  }

  /** Whether its next request has more room than the one that was cut off. */
  private boolean raised(RequestForm form, ChatRequest sent) {
    if (!mayRaiseLimits || !hasLimit(sent)) {
      return false;
    }
    String model = sent.model();
    if (form(model).thinking() > form.thinking()) {
      return true;
    }
    for (long room : THINKING) {
      if (room > form.thinking()) {
        change(model, f -> f.withThinking(room));
        notices.accept(
            String.format(
                Locale.ROOT,
                "%s used up its limit before its answer was whole: answers get %,d tokens more.",
                model,
                room));
        return true;
      }
    }
    return false;
  }

  private void learnThinking(String model, ChatAnswer answer) {
    long thought = thought(answer);
    if (mayRaiseLimits && thought > 0) {
      long room = Math.min(SPARE * thought, THINKING[THINKING.length - 1]);
      if (room > form(model).thinking()) {
        change(model, f -> f.withThinking(room));
      }
    }
  }

  private static long thought(ChatAnswer answer) {
    long stated = answer.body().at("/usage/completion_tokens_details/reasoning_tokens").asLong(0);
    JsonNode aside = answer.body().at("/choices/0/message/reasoning_content");
    return stated > 0 ? stated : TokenEstimate.of(aside.asText(""));
  }

  private void change(String model, UnaryOperator<RequestForm> change) {
    forms.compute(model, (name, form) -> change.apply(form == null ? RequestForm.AS_IT_IS : form));
  }

  private static boolean hasLimit(ChatRequest sent) {
    return RequestForm.LIMITS.stream().anyMatch(name -> sent.body().path(name).isNumber());
  }
}
