package dev.lightningbridge.common;

import java.util.Locale;

/** How a program that was run once has ended. */
public sealed interface ProcessEnd {
  /**
   * It ended by itself.
   *
   * @param output what it wrote on standard output, as UTF-8; what is none is marked
   * @param lastLines the last lines of standard error, fit to be shown; empty where there are none
   */
  record Exited(int status, String output, String lastLines) implements ProcessEnd {}

  /** It took too long, and was ended. */
  record TimedOut(long seconds, String lastLines) implements ProcessEnd {}

  /** It wrote too much on standard output, and was ended. */
  record TooMuchOutput(int bytes, String lastLines) implements ProcessEnd {}

  /** The system could not start it. */
  record NotStarted(String why) implements ProcessEnd {}

  /** The stop was asked for, and it was ended. */
  record Cancelled() implements ProcessEnd {}

  /** What happened, to follow the program's name: "ended with status 3: …". */
  default String words() {
    return switch (this) {
      case Exited end -> told("ended with status " + end.status(), end.lastLines());
      case TimedOut end -> told("did not end within " + end.seconds() + " s", end.lastLines());
      case TooMuchOutput end ->
          told(
              String.format(Locale.ROOT, "wrote more than %,d bytes", end.bytes()),
              end.lastLines());
      case NotStarted end -> "could not be started: " + end.why();
      case Cancelled end -> "was cancelled";
    };
  }

  private static String told(String what, String lastLines) {
    return lastLines.isEmpty() ? what : what + ": " + lastLines;
  }
}
