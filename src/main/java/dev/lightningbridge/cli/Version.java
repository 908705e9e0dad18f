package dev.lightningbridge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * What {@code --version} prints: the version of pom.xml, which the build writes into a resource.
 */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream file =
        Objects.requireNonNull(Version.class.getResourceAsStream("/version.properties"))) {
      properties.load(file);
    }
    return new String[] {"Lightning Bridge " + properties.getProperty("version")};
  }
}
