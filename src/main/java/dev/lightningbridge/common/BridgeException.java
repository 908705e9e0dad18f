package dev.lightningbridge.common;

import org.jspecify.annotations.Nullable;

/** An error for a person: what went wrong, where, and what to do about it. */
public final class BridgeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;
  private final String what;
  private final String where;
  private final String remedy;

  /**
   * @param code the documented kind
   * @param what what went wrong, one sentence without a final stop
   * @param where the file, row, URL or option concerned
   * @param remedy what the reader can do about it, one sentence
   */
  public BridgeException(ErrorCode code, String what, String where, String remedy) {
    this(code, what, where, remedy, null);
  }

  public BridgeException(
      ErrorCode code, String what, String where, String remedy, @Nullable Throwable cause) {
    super("%s: %s (%s). %s".formatted(code.id(), what, where, remedy), cause);
    this.code = code;
    this.what = what;
    this.where = where;
    this.remedy = remedy;
  }

  public ErrorCode code() {
    return code;
  }

  public String what() {
    return what;
  }

  public String where() {
    return where;
  }

  public String remedy() {
    return remedy;
  }
}
