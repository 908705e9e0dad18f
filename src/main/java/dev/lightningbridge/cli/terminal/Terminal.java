package dev.lightningbridge.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal that a command was started in, and how wide it is: it may be made wider. */
final class Terminal {
  /** Where it does not say its width. */
  private static final int USUAL = 80;

  private static final int NARROWEST = 20;
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)");

  private Terminal() {}

  /** Whether standard error is one that takes commands, as scripts/bridge found. */
  static boolean isThere() {
    return "1".equals(System.getenv("LIGHTNING_BRIDGE_TTY"));
  }

  /** Its columns, asked for anew every two seconds. */
  static IntSupplier columns() {
    return columns(Terminal::asked, System::nanoTime);
  }

  static IntSupplier columns(Supplier<OptionalInt> asked, LongSupplier nanos) {
    return new IntSupplier() {
      private int columns = width();
      private long at = nanos.getAsLong();

      @Override
      public int getAsInt() {
        if (nanos.getAsLong() - at > FRESH.toNanos()) {
          at = nanos.getAsLong();
          columns = width();
        }
        return columns;
      }

      private int width() {
        return Math.max(NARROWEST, asked.get().orElse(USUAL));
      }
    };
  }

  /** The JDK cannot ask it; POSIX's stty can. */
  private static OptionalInt asked() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return OptionalInt.empty();
      }
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      Matcher size = SIZE.matcher(said.strip());
      return size.matches() && !"0".equals(size.group(1))
          ? OptionalInt.of(Integer.parseInt(size.group(1)))
          : OptionalInt.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }
}
