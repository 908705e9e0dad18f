package dev.lightningbridge.runs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A process that runs runs, in a form that tells it from every other: host, process id, start.
 *
 * @param started milliseconds since the epoch; process ids are used again
 */
record RunOwner(String host, long pid, long started) {
  static RunOwner self() {
    ProcessHandle self = ProcessHandle.current();
    return new RunOwner(hostName(), self.pid(), started(self));
  }

  static Optional<RunOwner> parse(String text) {
    String[] parts = text.split("/", -1);
    try {
      return parts.length == 3
          ? Optional.of(new RunOwner(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether the process is known to have ended; of other machines' processes it never is. */
  boolean isDead() {
    return host.equals(hostName())
        && ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(process -> started(process) == started)
            .isEmpty();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s/%d/%d", host, pid, started);
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String hostName() {
    String name;
    try {
      name = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      name = "localhost";
    }
    return name.replace('/', '-');
  }
}
