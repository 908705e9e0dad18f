package dev.lightningbridge.server;

import dev.lightningbridge.common.ControlText;
import io.quarkus.logging.LoggingFilter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Lets every record pass, without characters that command a terminal, and with its message on one
 * line: what a client, a database or a model wrote cannot pass for a record of its own.
 */
@LoggingFilter(name = "plain")
public final class PlainLog implements Filter {
  private static final int DEEPEST = 20;
  private static final Formatter WORDS = new PatternFormatter("%s");

  /** Uses it where no configuration of the server's does: for commands. */
  public static void onAllHandlers() {
    Filter plain = new PlainLog();
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFilter(plain);
    }
  }

  @Override
  public boolean isLoggable(LogRecord record) {
    String message = message(record);
    String plain = ControlText.onOneLine(message);
    if (!plain.equals(message)) {
      if (record instanceof ExtLogRecord ext) {
        ext.setMessage(plain, ExtLogRecord.FormatStyle.NO_FORMAT);
      } else {
        record.setMessage(plain);
      }
      record.setParameters(null);
    }
    Throwable thrown = record.getThrown();
    if (thrown != null && speaksControl(thrown)) {
      record.setThrown(new Plain(thrown, DEEPEST));
    }
    return true;
  }

  private static String message(LogRecord record) {
    return String.valueOf(WORDS.formatMessage(record));
  }

  private static boolean speaksControl(Throwable thrown) {
    Deque<Throwable> left = new ArrayDeque<>();
    left.push(thrown);
    for (int seen = 0; seen < DEEPEST && !left.isEmpty(); seen++) {
      Throwable next = left.pop();
      if (ControlText.isIn(String.valueOf(next.getMessage()))) {
        return true;
      }
      if (next.getCause() != null) {
        left.push(next.getCause());
      }
      for (Throwable suppressed : next.getSuppressed()) {
        left.push(suppressed);
      }
    }
    return false;
  }

  /** Stands for an exception whose message is not fit to be shown; its trace is the same. */
  private static final class Plain extends Throwable {
    private static final long serialVersionUID = 1L;
    private final String text;

    Plain(Throwable of, int depth) {
      super(null, cause(of, depth), true, true);
      text = ControlText.shown(of.toString());
      setStackTrace(of.getStackTrace());
      if (depth > 0) {
        for (Throwable suppressed : of.getSuppressed()) {
          addSuppressed(new Plain(suppressed, depth - 1));
        }
      }
    }

    private static @Nullable Throwable cause(Throwable of, int depth) {
      Throwable cause = of.getCause();
      return cause == null || depth == 0 ? null : new Plain(cause, depth - 1);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // The other's class stands in it, not this one.
    public String toString() {
      return text;
    }
  }
}
