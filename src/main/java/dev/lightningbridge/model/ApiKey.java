package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The key to an endpoint. Never shown: not by {@code toString}, not in messages, not in logs. */
public final class ApiKey {
  /** No key, for endpoints that ask for none. */
  public static final ApiKey NONE = new ApiKey("", "none");

  /** The environment variable that holds it unless another is named. */
  public static final String DEFAULT_VARIABLE = "OPENAI_API_KEY";

  private static final int MAX_LENGTH = 16_384;

  private final String value;
  private final String source;

  private ApiKey(String value, String source) {
    this.value = value;
    this.source = source;
  }

  /**
   * The key in the variable; none where it is not set.
   *
   * @throws BridgeException LB-3009 where it is no key
   */
  public static ApiKey fromEnvironment(Map<String, String> environment, String variable) {
    String value = environment.getOrDefault(variable, "").strip();
    return value.isEmpty()
        ? new ApiKey("", "none: " + variable + " is not set")
        : checked(value, "environment variable " + variable);
  }

  /**
   * The key in a file that holds nothing else.
   *
   * @throws BridgeException LB-3003 where the file cannot be read, is empty, or lies in a git
   *     repository, from where it would spread; LB-3009 where it holds no key
   */
  public static ApiKey fromFile(Path file) {
    Path place = file.toAbsolutePath().normalize();
    for (Path folder = place.getParent(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(".git"))) {
        throw unusable("The file with the key lies in a git repository", place, null);
      }
    }
    try {
      if (Files.size(place) > MAX_LENGTH) {
        throw unusable("The file is too large for a key", place, null);
      }
      String value = Files.readString(place).strip();
      if (value.isEmpty()) {
        throw unusable("The file with the key is empty", place, null);
      }
      return checked(value, "file " + place);
    } catch (IOException e) {
      // The text of such an exception may hold what was read.
      throw unusable("The file with the key cannot be read as text", place, null);
    }
  }

  private static BridgeException unusable(String what, Path where, @Nullable Throwable cause) {
    return new BridgeException(
        ModelError.KEY_FILE_UNUSABLE,
        what,
        where.toString(),
        "Name a readable file outside any repository that holds only the key.",
        cause);
  }

  private static ApiKey checked(String value, String source) {
    if (value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new BridgeException(
          ModelError.KEY_INVALID,
          "The key holds white space or characters outside ASCII, or is too long",
          source,
          "Put the key there and nothing else.");
    }
    return new ApiKey(value, source);
  }

  boolean isPresent() {
    return !value.isEmpty();
  }

  /** The key itself, for the one header that carries it. */
  String value() {
    return value;
  }

  /** Where it comes from, for messages. */
  String source() {
    return source;
  }

  @Override
  public String toString() {
    return "ApiKey[" + source + "]";
  }
}
