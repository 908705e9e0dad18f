package dev.lightningbridge.lightning.rl;

import java.security.SecureRandom;
import java.util.Base64;

/** Keys of one job. */
final class JobKeys {
  private static final int BYTES = 32;

  private JobKeys() {}

  /** A new one, of letters, digits, {@code -} and {@code _}. */
  static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return "lb-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
