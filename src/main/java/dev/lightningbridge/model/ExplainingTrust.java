package dev.lightningbridge.model;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts as another does, and says in plain words why a server's certificate is not trusted. */
final class ExplainingTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager decides;

  ExplainingTrust(X509ExtendedTrustManager decides) {
    this.decides = decides;
  }

  /** A certificate that is not trusted; the message is a clause such as "it has expired". */
  static final class Untrusted extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    Untrusted(String message, String remedy, Throwable cause) {
      super(message, cause);
      this.remedy = remedy;
    }

    String remedy() {
      return remedy;
    }
  }

  private interface Check {
    void run() throws CertificateException;
  }

  private static void explained(X509Certificate[] chain, Check check) throws CertificateException {
    try {
      // Java takes a certificate that is itself among the trusted ones whatever its dates.
      chain[0].checkValidity();
      check.run();
    } catch (CertificateException e) {
      throw explained(chain[0], e);
    }
  }

  private static Untrusted explained(X509Certificate shown, CertificateException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof CertificateExpiredException) {
        return new Untrusted(
            "it expired on " + shown.getNotAfter().toInstant(),
            "Whoever runs the endpoint must renew it; check this machine's clock too.",
            e);
      }
      if (t instanceof CertificateNotYetValidException) {
        return new Untrusted(
            "it is not valid before " + shown.getNotBefore().toInstant(),
            "Check this machine's clock.",
            e);
      }
      if (t instanceof CertPathBuilderException) {
        boolean self = shown.getIssuerX500Principal().equals(shown.getSubjectX500Principal());
        String who = shown.getIssuerX500Principal().getName();
        return new Untrusted(
            self
                ? "it is self-signed (" + who + ")"
                : "nobody trusts its issuer here (" + who + ")",
            "If you trust it, put "
                + (self ? "it" : "the issuer's certificate")
                + " in a PEM file and name the file in SSL_CERT_FILE.",
            e);
      }
    }
    return new Untrusted(
        String.valueOf(e.getMessage()),
        "Call the endpoint by a name that its certificate is for.",
        e);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    explained(chain, () -> decides.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    explained(chain, () -> decides.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    explained(chain, () -> decides.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    decides.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    decides.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    decides.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return decides.getAcceptedIssuers();
  }
}
