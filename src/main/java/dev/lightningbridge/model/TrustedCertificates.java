package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates an endpoint may show: those that Java trusts, those that the system does, and
 * those that the environment names as it does for curl and OpenSSL.
 */
final class TrustedCertificates {
  private static final List<String> FILES =
      List.of("SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE");
  private static final String FOLDERS = "SSL_CERT_DIR";

  /** Debian's, Red Hat's, SUSE's and the BSDs' (macOS too) bundle. */
  private static final List<Path> SYSTEM =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([\\s\\w+/=]*)-----END CERTIFICATE-----");

  private TrustedCertificates() {}

  /**
   * A context for TLS by the environment's variables.
   *
   * @throws BridgeException LB-3011 where a file that a variable names cannot be read
   */
  static SSLContext context(Map<String, String> environment) {
    Set<X509Certificate> trusted = new LinkedHashSet<>();
    SYSTEM.stream().filter(Files::isReadable).limit(1).forEach(f -> trusted.addAll(system(f)));
    for (String variable : FILES) {
      String file = environment.getOrDefault(variable, "");
      if (!file.isBlank()) {
        trusted.addAll(named(variable, Path.of(file)));
      }
    }
    for (String folder : environment.getOrDefault(FOLDERS, "").split(":", -1)) {
      if (!folder.isBlank()) {
        trusted.addAll(named(FOLDERS, Path.of(folder)));
      }
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager manager = new ExplainingTrust(manager(withJavas(trusted)));
      context.init(null, new TrustManager[] {manager}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore withJavas(Set<X509Certificate> more)
      throws GeneralSecurityException, IOException {
    Set<X509Certificate> all = new LinkedHashSet<>(more);
    all.addAll(Arrays.asList(manager(null).getAcceptedIssuers()));
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (X509Certificate certificate : all) {
      store.setCertificateEntry("trusted" + number++, certificate);
    }
    return store;
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Stream.of(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<X509Certificate> system(Path bundle) {
    try {
      return in(bundle);
    } catch (IOException e) {
      // Java's own are enough for most.
      return List.of();
    }
  }

  private static List<X509Certificate> named(String variable, Path path) {
    try {
      List<X509Certificate> found = in(path);
      if (!found.isEmpty()) {
        return found;
      }
      throw unusable("No certificate in the form of PEM is there", variable, path, null);
    } catch (IOException e) {
      throw unusable("The certificates cannot be read", variable, path, e);
    }
  }

  private static BridgeException unusable(
      String what, String variable, Path path, @Nullable Exception cause) {
    return new BridgeException(
        ModelError.CERTIFICATES_UNUSABLE,
        what,
        path + ", named by the environment variable " + variable,
        "Name a readable file with certificates in PEM, or unset the variable.",
        cause);
  }

  private static List<X509Certificate> in(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return read(path);
    }
    List<X509Certificate> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.filter(Files::isRegularFile).filter(Files::isReadable).toList()) {
        found.addAll(read(file));
      }
    }
    return found;
  }

  private static List<X509Certificate> read(Path file) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    Matcher blocks = CERTIFICATE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    while (blocks.find()) {
      byte[] bytes = Base64.getMimeDecoder().decode(blocks.group(1));
      try {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
      } catch (CertificateException e) {
        // One of a form that Java does not know must not keep the others out.
      }
    }
    return found;
  }
}
