package dev.lightningbridge.server;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.WholeFile;
import dev.lightningbridge.store.BridgeHome;
import dev.lightningbridge.store.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Logins of persons: each has a cookie of its own, {@code ID.EXPIRY.MAC}, that proves the token
 * without being it. A login lasts for thirty days or until its log-out; what was logged out is kept
 * in the home folder until it would have ended anyway, so that no restart opens it again.
 * Thread-safe.
 */
public final class Logins {
  private static final Duration LENGTH = Duration.ofDays(30);
  private static final String FILE = "ended-logins";
  private static final int ID_BYTES = 16;

  private final ServerToken token;
  private final Clock clock;
  private final Path file;
  private final SecureRandom random = new SecureRandom();

  /** Ids, with the milliseconds since the epoch at which they end anyway. */
  private final Map<String, Long> ended = new ConcurrentHashMap<>();

  private Logins(ServerToken token, Clock clock, Path file) {
    this.token = token;
    this.clock = clock;
    this.file = file;
  }

  /**
   * Logins by the token, with those of the home folder that were logged out.
   *
   * @throws BridgeException where the home folder cannot be read
   */
  public static Logins of(BridgeHome home, ServerToken token, Clock clock) {
    Logins logins = new Logins(token, clock, home.folder().resolve(FILE));
    try {
      if (Files.exists(logins.file)) {
        for (String line : Files.readAllLines(logins.file)) {
          List<String> parts = List.of(line.split(" ", -1));
          if (parts.size() == 2 && parts.get(1).matches("\\d{1,18}")) {
            logins.ended.put(parts.get(0), Long.valueOf(parts.get(1)));
          }
        }
      }
    } catch (IOException e) {
      throw StoreFailure.of(home.folder(), e);
    }
    return logins;
  }

  /** A new login's cookie. */
  public String begin() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String claim = HexFormat.of().formatHex(id) + "." + (clock.millis() + LENGTH.toMillis());
    return claim + "." + mac(claim);
  }

  /** Whether the cookie is of a login that goes on. */
  boolean isOpen(String cookie) {
    int dot = cookie.lastIndexOf('.');
    if (dot < 0 || !same(cookie.substring(dot + 1), mac(cookie.substring(0, dot)))) {
      return false;
    }
    return expiry(cookie) > clock.millis() && !ended.containsKey(id(cookie));
  }

  /**
   * Ends the cookie's login, for whoever has a copy of it.
   *
   * @throws BridgeException where the home folder cannot be written
   */
  public synchronized void end(String cookie) {
    if (!isOpen(cookie)) {
      return;
    }
    ended.put(id(cookie), expiry(cookie));
    ended.values().removeIf(expiry -> expiry <= clock.millis());
    String lines =
        ended.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue() + "\n")
            .collect(Collectors.joining());
    try {
      WholeFile.write(file, out -> out.write(lines.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw StoreFailure.of(file, e);
    }
  }

  /** What a page of this login sends with every change. */
  public String csrfToken(String cookie) {
    return token.derived("csrf " + id(cookie));
  }

  private String mac(String claim) {
    return token.derived("cookie " + claim);
  }

  private static String id(String cookie) {
    return cookie.substring(0, cookie.indexOf('.'));
  }

  private static long expiry(String cookie) {
    return Long.parseLong(cookie.substring(cookie.indexOf('.') + 1, cookie.lastIndexOf('.')));
  }

  private static boolean same(String given, String right) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
