package dev.lightningbridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.ControlText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class PlainLogTest {
  private static final String ESCAPE = String.valueOf((char) 0x1b);

  @Test
  void aRecordHasNoControlCharactersAndIsOneLine() {
    LogRecord record = new LogRecord(Level.INFO, "run {0}: {1}");
    record.setParameters(new Object[] {"r1", "refused" + ESCAPE + "[2J\n2026 INFO forged"});
    assertThat(new PlainLog().isLoggable(record)).isTrue();
    assertThat(new SimpleFormatter().formatMessage(record))
        .isEqualTo("run r1: refused\\u001b[2J\\u000a2026 INFO forged");
  }

  @Test
  void aRecordOfTheServersLogTooWhateverFormatItHas() {
    ExtLogRecord record =
        new ExtLogRecord(
            Level.INFO, "%s of {0} 100 %%", ExtLogRecord.FormatStyle.PRINTF, getClass().getName());
    record.setParameters(new Object[] {"a" + ESCAPE});
    new PlainLog().isLoggable(record);
    assertThat(new PatternFormatter("%s").formatMessage(record)).isEqualTo("a\\u001b of {0} 100 %");
  }

  @Test
  void aRecordWithoutThemStaysAsItIs() {
    LogRecord record = new LogRecord(Level.INFO, "run {0}");
    Object[] parameters = {"r1"};
    record.setParameters(parameters);
    IOException thrown = new IOException("no room");
    record.setThrown(thrown);
    new PlainLog().isLoggable(record);
    assertThat(record.getMessage()).isEqualTo("run {0}");
    assertThat(record.getParameters()).isSameAs(parameters);
    assertThat(record.getThrown()).isSameAs(thrown);
  }

  @Test
  void theTraceOfAnExceptionHasNone() {
    IOException cause = new IOException("the endpoint said " + ESCAPE + "]0;owned");
    IllegalStateException thrown = new IllegalStateException("failed", cause);
    thrown.addSuppressed(new IOException("and \u009b31m"));
    LogRecord record = new LogRecord(Level.INFO, "it failed");
    record.setThrown(thrown);
    new PlainLog().isLoggable(record);
    StringWriter trace = new StringWriter();
    record.getThrown().printStackTrace(new PrintWriter(trace, true));
    assertThat(ControlText.isIn(trace.toString())).isFalse();
    assertThat(trace.toString())
        .contains("java.lang.IllegalStateException: failed", "said \\u001b]0;owned", "\\u009b31m")
        .contains("theTraceOfAnExceptionHasNone");
  }
}
