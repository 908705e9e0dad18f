package dev.lightningbridge.model;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that no proxy is used for: {@code no_proxy}, else {@code NO_PROXY}, by curl's rules. A
 * name stands for itself and all below it, with or without a dot before it; an address for itself
 * or, with {@code /BITS}, for its network; a lone {@code *} for all. As elsewhere, a port may
 * follow.
 */
final class NoProxy {
  private static final Pattern WITH_PORT = Pattern.compile("(\\[.*]|[^:]*):(\\d{1,5})");
  private static final Pattern ADDRESS =
      Pattern.compile("((\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])(\\.(?!$)|$)){4}|[^:]*:.*:.*");

  private final List<String> entries;

  private NoProxy(List<String> entries) {
    this.entries = entries;
  }

  static NoProxy of(Map<String, String> environment) {
    String lower = environment.getOrDefault("no_proxy", "");
    String list = lower.isBlank() ? environment.getOrDefault("NO_PROXY", "") : lower;
    return new NoProxy(
        Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  boolean exempts(URI address) {
    String host = bare(address.getHost().toLowerCase(Locale.ROOT));
    int usual = address.getScheme().equals("https") ? 443 : 80;
    int port = address.getPort() < 0 ? usual : address.getPort();
    return entries.equals(List.of("*")) || entries.stream().anyMatch(e -> matches(e, host, port));
  }

  private static boolean matches(String entry, String host, int port) {
    Matcher ported = WITH_PORT.matcher(entry);
    if (ported.matches()) {
      return Integer.parseInt(ported.group(2)) == port && matches(ported.group(1), host);
    }
    return matches(entry, host);
  }

  private static boolean matches(String entry, String host) {
    if (ADDRESS.matcher(host).matches()) {
      return inNetwork(bare(entry), host);
    }
    String name = bare(entry).replaceFirst("^(\\*?\\.)+", "");
    return !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]")
        ? host.substring(1, host.length() - 1)
        : host.replaceFirst("\\.$", "");
  }

  private static boolean inNetwork(String entry, String host) {
    String[] parts = entry.split("/", 2);
    byte[] network = bytes(bare(parts[0]));
    byte[] address = bytes(host);
    if (network == null || address == null || network.length != address.length) {
      return false;
    }
    int all = 8 * address.length;
    int bits = parts.length == 1 ? all : bits(parts[1]);
    if (bits < 0 || bits > all) {
      return false;
    }
    int rest = all - bits;
    return new BigInteger(1, network)
        .shiftRight(rest)
        .equals(new BigInteger(1, address).shiftRight(rest));
  }

  private static int bits(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  /** Of an address that is written as one; null of a name, which is not looked up. */
  private static byte @Nullable [] bytes(String address) {
    try {
      return ADDRESS.matcher(address).matches()
          ? InetAddress.getAllByName(address)[0].getAddress()
          : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
