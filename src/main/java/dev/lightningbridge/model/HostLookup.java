package dev.lightningbridge.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The look-up of a host's address, within a time: Java's client has no limit for its own, and a
 * name server that does not answer holds it up until the whole call's time is over.
 */
record HostLookup(String host, Duration limit, Resolver resolver) {
  private static final Duration LIMIT = Duration.ofSeconds(4);

  /** Asks for a host's addresses. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /** By Java's own resolver, whose cache the client reads afterwards. */
  static HostLookup of(String host) {
    return new HostLookup(host, LIMIT, InetAddress::getAllByName);
  }

  /**
   * Waits until it is known whether there is such a host; that there is none is for the client to
   * say.
   *
   * @throws TimeoutException where that is not known in time
   */
  void await() throws TimeoutException, InterruptedException {
    CountDownLatch known = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                resolver.addresses(host);
              } catch (UnknownHostException e) {
                // Known too.
              } finally {
                known.countDown();
              }
            });
    if (!known.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException("no address of %s".formatted(host));
    }
  }
}
