package dev.lightningbridge.needs;

import dev.lightningbridge.camp.Samples;
import dev.lightningbridge.store.PostgresServer;
import dev.lightningbridge.store.SmallDisk;
import dev.lightningbridge.web.Browsers;
import java.util.function.BooleanSupplier;

/** What a machine may have, and some tests need. */
public enum Need {
  POSTGRESQL(
      PostgresServer::isInstalled, "no PostgreSQL is here; on Debian: apt-get install postgresql"),
  CHROMIUM(() -> Browsers.chromium().isPresent(), "no Chromium is on the PATH"),
  APP_SAMPLES(
      Samples::areHere, "the databases that the app itself wrote are not in " + Samples.FOLDER),
  SMALL_DISK(SmallDisk::canBeMounted, "this user may not mount a file system"),
  PERMISSIONS(
      () -> !System.getProperty("user.name").equals("root"), "root may read and write every file");

  private final BooleanSupplier here;
  private final String otherwise;

  Need(BooleanSupplier here, String otherwise) {
    this.here = here;
    this.otherwise = otherwise;
  }

  boolean isHere() {
    return here.getAsBoolean();
  }

  /** Why the tests that need it are skipped where it is not here. */
  String otherwise() {
    return otherwise;
  }
}
