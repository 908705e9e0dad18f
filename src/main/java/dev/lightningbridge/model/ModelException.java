package dev.lightningbridge.model;

import org.jspecify.annotations.Nullable;

/** A model call that has no answer. */
public final class ModelException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, and so what may be done about it. */
  public enum Kind {
    RATE_LIMITED(true, false),
    SERVER_ERROR(true, false),
    /** The connection broke; what was sent may have been answered and billed. */
    NETWORK(true, false),
    /** No connection was made: nothing was sent, and nothing is billed. */
    UNREACHABLE(true, false),
    TIMEOUT(true, false),
    MALFORMED_ANSWER(true, false),
    /** An answer without any text of the model's own, whatever stands beside it. */
    EMPTY_ANSWER(true, false),
    /** The limit of tokens was used up before the answer was whole. */
    CUT_OFF(false, false),
    /** The limit was used up and has been raised: the call is to be made again, as another one. */
    LIMIT_RAISED(true, false),
    UNAUTHORIZED(false, false),
    MODEL_NOT_FOUND(false, false),
    BAD_REQUEST(false, false),
    /** The endpoint failed so often that it is left alone for a while. */
    CIRCUIT_OPEN(true, false),
    /** Model or filter declined the content: the agent's own failure when it is the worker. */
    REFUSED(false, true),
    CONTEXT_TOO_LONG(false, true),
    /** A model with nothing before it answered without a word: that is its own answer. */
    SAID_NOTHING(false, true),
    BUDGET_EXHAUSTED(false, false),
    CANCELLED(false, false);

    private final boolean retryable;
    private final boolean agentsFault;

    Kind(boolean retryable, boolean agentsFault) {
      this.retryable = retryable;
      this.agentsFault = agentsFault;
    }

    public boolean retryable() {
      return retryable;
    }

    /** Whether a worker's call that ends so is the agent's failure, not the infrastructure's. */
    public boolean agentsFault() {
      return agentsFault;
    }
  }

  private final Kind kind;
  private final @Nullable Long retryAfterMs;
  private final String remedy;
  private final @Nullable EndpointReply reply;

  public ModelException(Kind kind, String message) {
    this(kind, message, null, null);
  }

  public ModelException(
      Kind kind, String message, @Nullable Long retryAfterMs, @Nullable Throwable cause) {
    this(kind, message, Remedy.of(kind), retryAfterMs, null, cause);
  }

  /**
   * @param message what happened and where, one sentence without a final stop
   * @param remedy what the reader can do about it, a sentence or two
   * @param reply what the endpoint said; null where it said nothing
   */
  public ModelException(
      Kind kind,
      String message,
      String remedy,
      @Nullable Long retryAfterMs,
      @Nullable EndpointReply reply,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
    this.remedy = remedy;
    this.reply = reply;
  }

  public Kind kind() {
    return kind;
  }

  /** How long the endpoint asked to wait, in milliseconds. */
  public @Nullable Long retryAfterMs() {
    return retryAfterMs;
  }

  /** What the reader can do about it. */
  public String remedy() {
    return remedy;
  }

  /** What the endpoint said, its own words whole; null where it said nothing. */
  public @Nullable EndpointReply reply() {
    return reply;
  }

  /** The status that the endpoint answered with; 0 where it did not answer. */
  public int status() {
    return reply == null ? 0 : reply.status();
  }
}
