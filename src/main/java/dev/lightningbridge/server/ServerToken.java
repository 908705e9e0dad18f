package dev.lightningbridge.server;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Sha256;
import dev.lightningbridge.store.BridgeHome;
import dev.lightningbridge.store.StoreError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;

/**
 * A secret that opens the server, or a part of it, made at its first start and kept in the home
 * folder, mode 600.
 */
public final class ServerToken {
  private static final String FILE = "token";
  private static final int BYTES = 32;

  private final byte[] token;

  private ServerToken(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /** The home folder's token; makes it where there is none. */
  public static ServerToken of(BridgeHome home) {
    return at(file(home));
  }

  /** The token in the file; makes it where there is none. */
  static ServerToken at(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      String token = Files.readString(file).strip();
      if (token.length() < BYTES) {
        throw new BridgeException(
            StoreError.UNUSABLE,
            "The token is too short to be one",
            file.toString(),
            "Delete the file; the next start makes another one.");
      }
      return new ServerToken(token);
    } catch (IOException e) {
      throw new BridgeException(
          StoreError.UNUSABLE,
          "The token cannot be read or written: " + e.getMessage(),
          file.toString(),
          "Look at the folder's rights and free space.",
          e);
    }
  }

  /** Where the token is kept. */
  public static Path file(BridgeHome home) {
    return home.folder().resolve(FILE);
  }

  private static void make(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] owner =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (var channel =
        Files.newByteChannel(
            file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
      channel.write(StandardCharsets.UTF_8.encode(HexFormat.of().formatHex(random) + "\n"));
    } catch (FileAlreadyExistsException e) {
      // Another server on the same home was quicker; its token is this one's too.
      System.getLogger(ServerToken.class.getName())
          .log(System.Logger.Level.DEBUG, "the token is there", e);
    }
  }

  /** Whether this is the token; takes as long for a wrong one as for the right one. */
  public boolean matches(String candidate) {
    return MessageDigest.isEqual(token, candidate.getBytes(StandardCharsets.UTF_8));
  }

  /** For a page's cookie: proves the token without being it. */
  public String derived(String purpose) {
    byte[] parted = (purpose + '\0').getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.of(parted, token));
  }
}
