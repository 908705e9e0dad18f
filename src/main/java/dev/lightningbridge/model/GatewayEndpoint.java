package dev.lightningbridge.model;

import com.sun.net.httpserver.HttpServer;
import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An OpenAI-compatible endpoint on 127.0.0.1 in front of a model: how programs in other processes
 * reach the gateway, or the sandbox alone. It serves {@code POST /v1/chat/completions}, streamed
 * too, and {@code GET /v1/models}, both also without {@code /v1}.
 *
 * <p>The role of a call is told by the model that it names ({@link ModelNames#role}): {@code
 * lightning-bridge-critic} asks for the critic, any other name is the worker's.
 */
public final class GatewayEndpoint implements AutoCloseable {
  private static final int BACKLOG = 256;

  static {
    // Without it every small answer over a kept connection waits 40 ms for the client's
    // acknowledgement of its headers. The server reads it once, when it is first used.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final ModelEndpoint endpoint;

  private GatewayEndpoint(Builder builder) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      server = HttpServer.create(new InetSocketAddress(loopback, builder.port), BACKLOG);
    } catch (IOException e) {
      throw new BridgeException(
          ModelError.PORT_UNAVAILABLE,
          "The port cannot be listened on",
          "127.0.0.1:" + builder.port,
          "Choose another port, or 0 for any free one.",
          e);
    }
    threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext(
        "/",
        new ChatHandler(builder.model, builder.token, builder.models, builder.maxRequestBytes));
    server.start();
    endpoint =
        new ModelEndpoint(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"), builder.token);
  }

  /** An endpoint before the model, on a free port and with a token of its own unless told so. */
  public static Builder before(ChatModel model) {
    return new Builder(model);
  }

  /** Where it is; the token is empty where none is asked for. */
  public ModelEndpoint endpoint() {
    return endpoint;
  }

  /** Stops listening and ends the calls under way, at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static String randomToken() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return "lb-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Collects what the endpoint works with. */
  public static final class Builder {
    private final ChatModel model;
    private int port;
    private String token = randomToken();
    private List<String> models = ModelNames.placeholders();
    private int maxRequestBytes = 10_000_000;

    private Builder(ChatModel model) {
      this.model = model;
    }

    /** The port to listen on; 0, which it is unless told so, for a free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** Asks for no token: for a model that costs nothing and knows no secrets, as the sandbox. */
    public Builder withoutToken() {
      token = "";
      return this;
    }

    /** The names that {@code /v1/models} lists. */
    public Builder models(List<String> value) {
      models = List.copyOf(value);
      return this;
    }

    /** The longest request. */
    public Builder maxRequestBytes(int value) {
      maxRequestBytes = value;
      return this;
    }

    /**
     * @throws BridgeException LB-3007 where the port is taken
     */
    public GatewayEndpoint open() {
      return new GatewayEndpoint(this);
    }
  }
}
