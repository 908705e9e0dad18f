package dev.lightningbridge.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds the connections on which nobody has shown a token yet: how many there are, and how long
 * each lasts. The oldest goes for the newest, so heads that come a byte at a time, or never, keep
 * nobody out. Thread-safe.
 *
 * <p>Vert.x has no time-out for heads, and shows a connection only with its first request. So the
 * channel that accepts them is watched from the first request on, which the server makes itself.
 */
@ApplicationScoped
class StrangerConnections {
  static final int AFTER_ACCESS = Access.FIRST - 1;
  private static final int MOST = 256;
  private static final long PATIENCE_MS = 30_000;
  private static final String WATCH = StrangerConnections.class.getName();
  private static final String FIRST_REQUEST =
      "GET /assets/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private final Vertx vertx;

  /** With the timer that ends it, the oldest first. */
  private final Map<Channel, Long> strangers = new LinkedHashMap<>();

  StrangerConnections(Vertx vertx) {
    this.vertx = vertx;
  }

  void register(@Observes Filters filters) {
    filters.register(this::look, AFTER_ACCESS);
  }

  void begin(@Observes HttpServerStart start) {
    String host = start.options().getHost();
    int port = start.options().getPort();
    if (port > 0) {
      vertx
          .createNetClient()
          .connect(port, host.equals("0.0.0.0") ? "localhost" : host)
          .onSuccess(socket -> socket.write(FIRST_REQUEST));
    }
  }

  private void look(RoutingContext context) {
    if (context.request().connection() instanceof ConnectionBase connection) {
      watch(connection.channel().parent());
      if (Access.isKnown(context)) {
        forget(connection.channel());
      }
    }
    context.next();
  }

  private synchronized void watch(Channel server) {
    if (server.pipeline().get(WATCH) == null) {
      server.pipeline().addFirst(WATCH, new Accepted());
    }
  }

  private final class Accepted extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      if (accepted instanceof Channel channel) {
        add(channel);
      }
      context.fireChannelRead(accepted);
    }
  }

  private void add(Channel channel) {
    channel.closeFuture().addListener(closed -> forget(channel));
    Optional<Channel> tooMany;
    synchronized (this) {
      strangers.put(channel, vertx.setTimer(PATIENCE_MS, timer -> end(channel)));
      tooMany =
          strangers.size() <= MOST
              ? Optional.empty()
              : strangers.keySet().stream().filter(Channel::isRegistered).findFirst();
    }
    tooMany.ifPresent(this::end);
  }

  private void end(Channel channel) {
    forget(channel);
    ChannelFuture unused = channel.close();
  }

  private synchronized void forget(Channel channel) {
    Long timer = strangers.remove(channel);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
