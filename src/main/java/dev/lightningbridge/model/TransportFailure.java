package dev.lightningbridge.model;

import dev.lightningbridge.model.ModelException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Why an exchange with an endpoint broke. Where no connection was made, nothing was sent: {@link
 * Kind#UNREACHABLE}.
 *
 * @param call what was called
 * @param proxy that it is called through
 */
record TransportFailure(URI address, EndpointCall call, Optional<ProxyChoice> proxy) {
  private static final int PROBE_MS = 2_000;
  private static final Pattern TUNNEL = Pattern.compile("Tunnel failed, got: (\\d+)");

  ModelException of(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      ModelException known = known(t, cause);
      if (known != null) {
        return known;
      }
    }
    return broken(cause);
  }

  private @Nullable ModelException known(Throwable t, Throwable cause) {
    return switch (t) {
      case LimitedBody.TooLong tooLong ->
          new ModelException(
              Kind.MALFORMED_ANSWER, String.valueOf(tooLong.getMessage()), null, cause);
      case ExplainingTrust.Untrusted untrusted -> untrusted(untrusted, cause);
      case UnknownHostException e -> unknownHost(cause);
      case HttpConnectTimeoutException e ->
          unreached(
              "%s did not take the connection in time".formatted(peer()),
              proxy.isPresent()
                  ? "Check the proxy's address in the variable " + variable() + "."
                  : "Check --base-url, and whether a firewall or a proxy stands in between.",
              cause);
      case SSLHandshakeException e -> handshake(e, cause);
      case ConnectException e ->
          e.getCause() instanceof UnresolvedAddressException
              ? unknownHost(cause)
              : notConnected(cause);
      default -> {
        Matcher tunnel = TUNNEL.matcher(String.valueOf(t.getMessage()));
        yield tunnel.find() ? proxyRefuses(tunnel.group(1), cause) : plainHttp(t, cause);
      }
    };
  }

  private ModelException unknownHost(Throwable cause) {
    return proxy.isPresent()
        ? unreached(
            "the host of %s is not found".formatted(peer()),
            "Check the variable %s.".formatted(variable()),
            cause)
        : unreached(
            "no host is named %s".formatted(address.getHost()),
            "Check the spelling of --base-url and the network; a company's network may want"
                + " HTTPS_PROXY.",
            cause);
  }

  /** The name server did not say in time whether there is such a host. */
  ModelException lookedUpInVain(HostLookup lookup, Throwable cause) {
    return unreached(
        "no name server told the address of %s within %d s"
            .formatted(lookup.host(), lookup.limit().toSeconds()),
        proxy.isPresent()
            ? "Check the variable %s and the network's name server (DNS).".formatted(variable())
            : "Check the network's name server (DNS), or write the host's address in --base-url.",
        cause);
  }

  /** Java's client does not keep the system's reason: it is asked for once more. */
  private ModelException notConnected(Throwable cause) {
    try (Socket socket = new Socket()) {
      socket.connect(connectedTo(), PROBE_MS);
    } catch (ConnectException e) {
      return String.valueOf(e.getMessage()).contains("refused") ? refused(cause) : noRoute(e);
    } catch (IOException e) {
      return noRoute(e);
    }
    return unreached(
        "the connection to %s failed".formatted(peer()), Remedy.of(Kind.UNREACHABLE), cause);
  }

  /** The failure, or what explains it better: that plain HTTP is spoken with a server of TLS. */
  ModelException tlsOr(ModelException failure) {
    return isPlain() && proxy.isEmpty() && TlsProbe.answers(connectedTo(), PROBE_MS)
        ? unreached(
            host() + " speaks TLS at that port, and the address begins with http://",
            "Write https:// in --base-url.",
            failure)
        : failure;
  }

  private boolean isPlain() {
    return !address.getScheme().equals("https");
  }

  private InetSocketAddress connectedTo() {
    int usual = isPlain() ? 80 : 443;
    return new InetSocketAddress(
        proxy.map(ProxyChoice::host).orElse(address.getHost()),
        proxy.map(ProxyChoice::port).orElse(address.getPort() < 0 ? usual : address.getPort()));
  }

  private ModelException refused(Throwable cause) {
    return unreached(
        "connection refused by %s: nothing listens there".formatted(peer()),
        proxy.isPresent()
            ? "Start the proxy or correct the variable %s.".formatted(variable())
            : "Start the server or check --base-url.",
        cause);
  }

  private ModelException noRoute(Throwable why) {
    return unreached(
        "no connection to %s: %s".formatted(peer(), words(why)),
        "Check the network and --base-url.",
        why);
  }

  /** The proxy answered before anything was sent to the endpoint. */
  ModelException proxyRefuses(String status, @Nullable Throwable cause) {
    return unreached(
        "%s answered %s and makes no connection to %s".formatted(peer(), status, host()),
        status.equals("407")
            ? "Give its user and password: %s=http://USER:PASSWORD@HOST:PORT.".formatted(variable())
            : "Ask who runs the proxy, or put the endpoint's host into NO_PROXY.",
        cause);
  }

  private ModelException untrusted(ExplainingTrust.Untrusted why, Throwable cause) {
    return unreached(
        "the certificate of %s is not trusted: %s".formatted(host(), why.getMessage()),
        why.remedy(),
        cause);
  }

  private ModelException handshake(SSLHandshakeException e, Throwable cause) {
    if (e.getCause() instanceof ExplainingTrust.Untrusted untrusted) {
      return untrusted(untrusted, cause);
    }
    return unreached(
        "no TLS connection with %s comes about: %s".formatted(host(), words(e)),
        "Check that the port of --base-url speaks https.",
        cause);
  }

  private @Nullable ModelException plainHttp(Throwable t, Throwable cause) {
    return String.valueOf(t.getMessage()).contains("SSL message")
        ? unreached(
            host() + " does not speak https at that port",
            "Write http:// in --base-url if the server speaks plain HTTP.",
            cause)
        : null;
  }

  private ModelException broken(Throwable cause) {
    return new ModelException(
        Kind.NETWORK,
        "The connection to %s broke%s: %s".formatted(call.url(), through(), words(cause)),
        Remedy.of(Kind.NETWORK),
        null,
        null,
        cause);
  }

  private ModelException unreached(String why, String remedy, @Nullable Throwable cause) {
    return new ModelException(
        Kind.UNREACHABLE,
        "%s was not reached%s: %s".formatted(call.url(), through(), why),
        remedy,
        null,
        null,
        cause);
  }

  private String through() {
    return proxy.map(p -> " through " + p).orElse("");
  }

  private String variable() {
    return proxy.map(ProxyChoice::variable).orElse("");
  }

  /** Who is connected to: the proxy or the endpoint. */
  private String peer() {
    return proxy.isPresent() ? "the proxy" : host();
  }

  private String host() {
    int port = address.getPort();
    return port < 0 ? address.getHost() : address.getHost() + ":" + port;
  }

  private static String words(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
