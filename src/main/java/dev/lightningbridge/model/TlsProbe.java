package dev.lightningbridge.model;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Finds out whether a server speaks TLS at a port. Nothing but a greeting is sent. */
final class TlsProbe implements X509TrustManager {
  private boolean shown;

  private TlsProbe() {}

  /** Whether it shows a certificate within so many milliseconds, whatever it is worth. */
  static boolean answers(InetSocketAddress server, int withinMs) {
    TlsProbe probe = new TlsProbe();
    try (Socket plain = new Socket()) {
      plain.connect(server, withinMs);
      plain.setSoTimeout(withinMs);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {probe}, null);
      try (SSLSocket tls =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(plain, server.getHostString(), server.getPort(), true)) {
        tls.startHandshake();
      }
    } catch (IOException e) {
      return probe.shown;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return probe.shown;
  }

  /** No connection comes about: the certificate is only looked for. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    shown = true;
    throw new CertificateException("it was only asked for");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no client is served here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
