package dev.lightningbridge.common;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * This process's environment as programs of users get it: without what is or looks like a secret,
 * and without this application's own settings. What they need of that is given to them by name.
 */
public final class CleanEnvironment {
  private static final Pattern SECRET =
      Pattern.compile("KEY|TOKEN|SECRET|PASS|CREDENTIAL|AUTH|COOKIE|_(?:PAT|PW|PWD)$");
  private static final Pattern OURS = Pattern.compile("(?:LIGHTNING_BRIDGE|QUARKUS|OPENAI)_.*");
  private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/\\s@]*:[^/\\s@]+@");
  private static final String SHOWN = "[key]";
  private static final String LOOPBACK = "127.0.0.1,localhost";

  /** What is shorter could be any word's. */
  private static final int SHORTEST = 8;

  private final Map<String, String> variables;
  private final List<String> secrets;

  private CleanEnvironment(Map<String, String> variables, List<String> secrets) {
    this.variables = variables;
    this.secrets = secrets;
  }

  /**
   * Cleans an environment. Programs reach loopback past any proxy in it.
   *
   * @param named the names of variables that hold keys, whatever they look like
   */
  public static CleanEnvironment of(Map<String, String> all, Set<String> named) {
    Map<String, String> kept = new HashMap<>();
    List<String> left = new ArrayList<>();
    all.forEach(
        (name, value) -> {
          if (named.contains(name) || isSecret(name, value)) {
            left.add(value);
          } else if (!OURS.matcher(name).matches()) {
            kept.put(name, value);
          }
        });
    for (String name : List.of("NO_PROXY", "no_proxy")) {
      kept.merge(name, LOOPBACK, (before, loopback) -> before + "," + loopback);
    }
    return new CleanEnvironment(Map.copyOf(kept), ordered(left));
  }

  private static boolean isSecret(String name, String value) {
    return SECRET.matcher(name.toUpperCase(Locale.ROOT)).find()
        || PASSWORD_IN_URL.matcher(value).find();
  }

  private static List<String> ordered(List<String> secrets) {
    return secrets.stream()
        .map(String::strip)
        .filter(secret -> secret.length() >= SHORTEST)
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  /** What is left, with these besides. */
  public Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(more);
    return all;
  }

  /** This, knowing one more secret that its texts must not show. */
  public CleanEnvironment hiding(String secret) {
    List<String> more = new ArrayList<>(secrets);
    more.add(secret);
    return new CleanEnvironment(variables, ordered(more));
  }

  /** A program's words without the secrets, should it know them from elsewhere. */
  public String redact(String words) {
    String redacted = words;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, SHOWN);
    }
    return redacted;
  }
}
