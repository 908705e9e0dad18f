package dev.lightningbridge.server;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.WholeFile;
import dev.lightningbridge.workshop.Workshop;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether runs may be answered by the simulated model. What the configuration forbids cannot be
 * switched on; what it allows can be switched off, which holds until it is switched on again.
 */
@ApplicationScoped
public class SandboxSwitch {
  private static final System.Logger LOG = System.getLogger(SandboxSwitch.class.getName());

  private final boolean allowed;
  private final Path off;

  SandboxSwitch(ServerSettings settings, Workshop workshop) {
    this.allowed = settings.sandbox();
    this.off = workshop.home().folder().resolve("sandbox-off");
  }

  /** Whether the configuration allows it. */
  public boolean isAllowed() {
    return allowed;
  }

  public boolean isOn() {
    return allowed && !Files.exists(off);
  }

  /**
   * Switches it on or off.
   *
   * @throws BridgeException where the configuration forbids it
   */
  public void set(boolean on) {
    if (on && !allowed) {
      throw refused("the configuration forbids the simulated model");
    }
    try {
      if (on) {
        Files.deleteIfExists(off);
      } else {
        WholeFile.write(off, out -> {});
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the switch cannot be kept: " + off, e);
    }
    LOG.log(System.Logger.Level.INFO, "sandbox: {0}", on ? "on" : "off");
  }

  /**
   * Insists on it.
   *
   * @throws BridgeException where it is off
   */
  public void require() {
    if (!isOn()) {
      throw refused("the simulated model is switched off");
    }
  }

  private static BridgeException refused(String what) {
    return new BridgeException(
        ApiError.SANDBOX_OFF,
        what,
        "sandbox",
        "Name the endpoint's models instead, or have it switched on.");
  }
}
