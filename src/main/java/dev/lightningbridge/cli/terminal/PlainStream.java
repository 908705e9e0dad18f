package dev.lightningbridge.cli.terminal;

import dev.lightningbridge.common.ControlText;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A stream whose texts command no terminal, whoever wrote them. */
public final class PlainStream extends PrintStream {
  PlainStream(PrintStream to) {
    super(to, true, to.charset());
  }

  /** All of the printing of texts comes by here. */
  @Override
  public void print(@Nullable String text) {
    super.print(ControlText.shown(String.valueOf(text)));
  }

  /** Gives the terminal a command of ours. */
  void command(String code) {
    super.print(code);
  }
}
