package dev.lightningbridge.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a command speaks: its result on standard output, everything else on standard error. With
 * {@code --json} the result is exactly one JSON document. No text commands the terminal.
 */
public final class Console {
  private final PlainStream out;
  private final PlainStream err;

  public Console(PrintStream out, PrintStream err) {
    this.out = new PlainStream(out);
    this.err = new PlainStream(err);
  }

  /** A line of the result. */
  public void line(String text) {
    out.println(text);
  }

  /** A remark beside the result. */
  public void remark(String text) {
    err.println(text);
  }

  public PrintStream out() {
    return out;
  }

  public PlainStream err() {
    return err;
  }

  public void json(Object document) {
    try {
      out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not serialisable: " + document.getClass(), e);
    }
  }

  /** An error, for people and, where asked for, as the one JSON document. */
  public void error(BridgeException e, boolean asJson) {
    err.println(e.getMessage());
    if (asJson) {
      Map<String, String> error = new LinkedHashMap<>();
      error.put("code", e.code().id());
      error.put("what", e.what());
      error.put("where", e.where());
      error.put("remedy", e.remedy());
      json(Map.of("error", error));
    }
  }
}
