package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.ModelException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The HTTP client of one endpoint: through the proxy and by the certificates that the environment
 * names, by HTTP/2 where a server offers it over TLS. Redirects are not followed, since the key
 * would go along. Thread-safe.
 */
final class EndpointClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(8);
  private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  static {
    // Java gives no user and password to a proxy before https unless told so. It reads this once.
    if (System.getProperty(TUNNEL_SCHEMES) == null) {
      System.setProperty(TUNNEL_SCHEMES, "");
    }
  }

  private final EndpointCall call;
  private final Optional<ProxyChoice> proxy;
  private final TransportFailure failure;
  private final HostLookup lookup;
  private final int maxAnswerBytes;
  private final HttpClient client;

  /** Who has answered once speaks plain HTTP where it is called so. */
  private volatile boolean answered;

  /**
   * @param environment where proxies and certificates are named
   * @param direct whether no proxy is used, whatever is named
   * @throws BridgeException LB-3010, LB-3011 where what it names cannot be used
   */
  EndpointClient(
      URI address,
      EndpointCall call,
      Map<String, String> environment,
      boolean direct,
      int maxAnswerBytes) {
    this.call = call;
    this.proxy = direct ? Optional.empty() : ProxyChoice.of(address, environment);
    this.failure = new TransportFailure(address, call, proxy);
    this.lookup = HostLookup.of(proxy.map(ProxyChoice::host).orElse(address.getHost()));
    this.maxAnswerBytes = maxAnswerBytes;
    boolean secure = address.getScheme().equals("https");
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // In plain HTTP the offer to upgrade confuses some Python servers.
            .version(secure ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT);
    if (secure) {
      builder.sslContext(TrustedCertificates.context(environment));
    }
    if (direct) {
      builder.proxy(HttpClient.Builder.NO_PROXY);
    }
    proxy.ifPresent(p -> builder.proxy(p.selector()));
    client = builder.build();
  }

  /**
   * @throws ModelException UNREACHABLE, NETWORK, TIMEOUT, MALFORMED_ANSWER where the answer is too
   *     long, CANCELLED
   */
  HttpResponse<byte[]> exchange(HttpRequest.Builder request, Duration timeout)
      throws ModelException {
    awaitAddress();
    proxy.map(ProxyChoice::authorization).ifPresent(a -> request.header("Proxy-Authorization", a));
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request.build(), info -> new LimitedBody(maxAnswerBytes));
    try {
      // The client's own time-out ends with the headers; this one covers the body too.
      HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      answered = true;
      if (response.statusCode() == 407) {
        throw failure.proxyRefuses("407", null);
      }
      return response;
    } catch (TimeoutException e) {
      throw unlessTls(
          new ModelException(
              Kind.TIMEOUT,
              "%s did not answer within %d s".formatted(call.url(), timeout.toSeconds()),
              null,
              e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(Kind.CANCELLED, "Cancelled while waiting for the answer", null, e);
    } catch (ExecutionException e) {
      throw unlessTls(failure.of(e.getCause() == null ? e : e.getCause()));
    } finally {
      exchange.cancel(true);
    }
  }

  /**
   * Sends it; the answer's body comes as it is sent.
   *
   * @throws ModelException as {@link #exchange}, until the answer begins
   */
  HttpResponse<Flow.Publisher<List<ByteBuffer>>> relay(HttpRequest.Builder request)
      throws ModelException {
    awaitAddress();
    proxy.map(ProxyChoice::authorization).ifPresent(a -> request.header("Proxy-Authorization", a));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofPublisher());
    } catch (IOException e) {
      throw failure.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(Kind.CANCELLED, "Cancelled while waiting for the answer", null, e);
    }
  }

  private ModelException unlessTls(ModelException other) {
    boolean silent = other.kind() == Kind.TIMEOUT || other.kind() == Kind.NETWORK;
    return silent && !answered ? failure.tlsOr(other) : other;
  }

  private void awaitAddress() throws ModelException {
    try {
      lookup.await();
    } catch (TimeoutException e) {
      throw failure.lookedUpInVain(lookup, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(Kind.CANCELLED, "Cancelled while looking the host up", null, e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
