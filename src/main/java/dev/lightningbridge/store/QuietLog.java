package dev.lightningbridge.store;

import java.lang.System.Logger.Level;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Lets only Flyway's warnings through. Public because Flyway makes it by name. */
public final class QuietLog implements LogCreator {
  @Override
  public Log createLogger(Class<?> source) {
    return new Forward(System.getLogger(source.getName()));
  }

  private record Forward(System.Logger to) implements Log {
    @Override
    public void debug(String message) {
      to.log(Level.TRACE, message);
    }

    @Override
    public void info(String message) {
      to.log(Level.DEBUG, message);
    }

    @Override
    public void notice(String message) {
      to.log(Level.DEBUG, message);
    }

    @Override
    public void warn(String message) {
      to.log(Level.WARNING, message);
    }

    @Override
    public void error(String message) {
      to.log(Level.ERROR, message);
    }

    @Override
    public void error(String message, Exception cause) {
      to.log(Level.ERROR, message, cause);
    }
  }
}
