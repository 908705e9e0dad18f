package dev.lightningbridge.model;

import dev.lightningbridge.model.ModelException.Kind;

/** What can be done about a failed call where nothing more is known than its kind. */
final class Remedy {
  private Remedy() {}

  static String of(Kind kind) {
    return switch (kind) {
      case RATE_LIMITED ->
          "Wait and resume the run, or make fewer calls at a time by a smaller --concurrency.";
      case SERVER_ERROR, NETWORK, CIRCUIT_OPEN ->
          "Look at the endpoint's own log or status page, and resume the run when it works.";
      case UNREACHABLE -> "Check --base-url and that the server runs.";
      case TIMEOUT -> "Raise --timeout if the model needs longer for an answer.";
      case MALFORMED_ANSWER, EMPTY_ANSWER ->
          "Check that --base-url is an OpenAI-compatible endpoint and the model one for chat.";
      case CUT_OFF, LIMIT_RAISED -> "Raise --max-output-tokens.";
      case UNAUTHORIZED -> "Check the key and what the account may use.";
      case MODEL_NOT_FOUND -> "Name a model that the endpoint has.";
      case BAD_REQUEST -> "Check the model and the options of the endpoint.";
      case REFUSED -> "Look at the inputs that the model or its filter declined.";
      case SAID_NOTHING -> "Raise the agent's limit of tokens, or look at what the model answers.";
      case CONTEXT_TOO_LONG -> "Use a model with a longer context, or leave out the longest tasks.";
      case BUDGET_EXHAUSTED -> "Raise --max-calls, --max-tokens or --max-usd.";
      case CANCELLED -> "Resume the run when you like.";
    };
  }
}
