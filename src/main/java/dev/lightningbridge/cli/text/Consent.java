package dev.lightningbridge.cli.text;

import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.runs.models.RunEstimate;
import dev.lightningbridge.runs.request.ModelAccess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks before an endpoint that costs money is called without any limit. */
public final class Consent {
  private final Console console;
  private final boolean terminal;
  private final Supplier<@Nullable String> answers;

  /**
   * @param terminal whether somebody is there to be asked
   * @param answers their next line; null where there is none
   */
  Consent(Console console, boolean terminal, Supplier<@Nullable String> answers) {
    this.console = console;
    this.terminal = terminal;
    this.answers = answers;
  }

  /** Asks whoever started the command, where scripts/bridge found a terminal. */
  public static Consent ofUser(Console console) {
    return new Consent(
        console, "1".equals(System.getenv("LIGHTNING_BRIDGE_ASK")), Consent::nextLine);
  }

  private static @Nullable String nextLine() {
    try {
      return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
          .readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a command would cost.
   *
   * @param usd null where the price is not known
   * @param atLeast whether it may be more
   */
  public record Cost(long calls, @Nullable Double usd, boolean atLeast) {
    public Cost(long calls, @Nullable Double usd) {
      this(calls, usd, false);
    }

    public Cost(RunEstimate estimate) {
      this(estimate.calls(), estimate.usd(), estimate.atLeast());
    }
  }

  /**
   * Whether to go on: always where there is a limit, or nothing to pay. Where nobody can be asked
   * it says what is about to be spent, and goes on.
   *
   * @param cost is only asked for where it matters
   */
  public boolean given(ModelAccess access, Limits limits, boolean yes, Supplier<Cost> cost) {
    if (yes || !limits.equals(Limits.NONE) || !(access instanceof ModelAccess.Endpoint endpoint)) {
      return true;
    }
    Cost expected = cost.get();
    Double usd = expected.usd();
    if (expected.calls() == 0 || (usd == null ? isHere(endpoint) : usd == 0)) {
      return true;
    }
    String what = EstimateText.inShort(expected);
    String sentence = Character.toUpperCase(what.charAt(0)) + what.substring(1);
    if (!terminal) {
      console.remark(
          sentence + ", and no limit was given: --max-calls, --max-tokens or --max-usd sets one.");
      return true;
    }
    boolean agreed = isGiven(sentence + ", no limit was given. Go on?");
    if (!agreed) {
      console.remark(
          "No model was called. --max-usd or --max-calls sets a limit; --yes goes on without one.");
    }
    return agreed;
  }

  /** Whether somebody is there and says yes to the question. */
  public boolean isGiven(String question) {
    if (!terminal) {
      return false;
    }
    console.err().print(question + " [y/N] ");
    console.err().flush();
    String answer = answers.get();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  private static boolean isHere(ModelAccess.Endpoint endpoint) {
    return isHere(endpoint.baseUrl())
        && endpoint.roles().values().stream().allMatch(own -> isHere(own.baseUrl()));
  }

  private static boolean isHere(String baseUrl) {
    try {
      String host = String.valueOf(URI.create(baseUrl.strip()).getHost());
      return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    } catch (IllegalArgumentException e) {
      // What is no URL is said where it is used.
      return true;
    }
  }
}
