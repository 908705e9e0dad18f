package dev.lightningbridge.agent;

import java.util.regex.Pattern;

/** Names by which a server knows agents: they are parts of URLs and of files' names. */
public final class AgentName {
  /** How one is to be written. */
  public static final String REMEDY = "Use letters, digits, - and _, 64 at the most.";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private AgentName() {}

  public static boolean isUsable(String name) {
    return FORM.matcher(name).matches();
  }
}
