package dev.lightningbridge.cli;

import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;

/** The entry of {@code scripts/bridge} and of the jar. Commands do not start the server. */
@QuarkusMain
public final class Main {
  /** How long a cancelled command may take to end cleanly. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Main() {}

  public static void main(String... args) {
    // Quarkus's log manager is on the class path; the JDK would complain if it came too late.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    Interrupts interrupts = Interrupts.install(PATIENCE);
    int status = Bridge.run(new Console(System.out, System.err), interrupts, args);
    System.out.flush();
    interrupts.ended(status);
    // `mvn quarkus:dev` ends the server to start it again in this JVM.
    if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
      System.exit(status);
    }
  }
}
