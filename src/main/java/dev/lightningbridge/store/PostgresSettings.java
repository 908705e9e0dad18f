package dev.lightningbridge.store;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which PostgreSQL database to use.
 *
 * @param url such as {@code jdbc:postgresql://db.example/bridge}
 * @param user null for the process's own
 * @param password null where the server asks for none
 */
public record PostgresSettings(String url, @Nullable String user, @Nullable String password) {
  /**
   * The settings with the password from where it is kept.
   *
   * @param file read first; its line ends do not count
   * @param variable of the environment, where there is no file
   * @throws BridgeException where there is no URL, or the file cannot be read
   */
  public static PostgresSettings of(
      @Nullable String url,
      @Nullable String user,
      @Nullable Path file,
      String variable,
      Map<String, String> environment) {
    if (url == null || !url.startsWith("jdbc:postgresql:")) {
      throw StoreFailure.failure(
          StoreError.NOT_SAID, url == null ? "lightning-bridge.postgresql.url" : url, null);
    }
    try {
      return new PostgresSettings(
          url, user, file == null ? environment.get(variable) : Files.readString(file).strip());
    } catch (IOException e) {
      throw StoreFailure.failure(StoreError.NOT_SAID, String.valueOf(file), e);
    }
  }

  @Override
  public String toString() {
    return "PostgresSettings[" + where() + "]";
  }

  /** The URL without its options, among which a password may be. */
  String where() {
    return url.replaceFirst("\\?.*", "");
  }
}
