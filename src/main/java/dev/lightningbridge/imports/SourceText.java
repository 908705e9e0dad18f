package dev.lightningbridge.imports;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.OutsideText;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** The text of a file to import, whatever its encoding. */
final class SourceText implements Closeable {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private final OutsideText.Text text;
  private final Charset charset;
  private final String start;

  private SourceText(OutsideText.Text text, Charset charset) {
    this.text = text;
    this.charset = charset;
    String start = text.start();
    this.start = start.startsWith("\uFEFF") ? start.substring(1) : start;
  }

  /**
   * Opens a file in the encoding that {@link #charset} told.
   *
   * @throws BridgeException where it cannot be read or is no text
   */
  static SourceText open(ImportRequest.Given file, Charset charset) {
    if (!Files.isRegularFile(file.path())) {
      throw unreadable(file, "there is no such file", "Name a file with rows to import.", null);
    }
    try {
      return switch (OutsideText.open(file.path())) {
        case OutsideText.Other other ->
            throw unreadable(file, "it is " + other.what(), other.remedy(), null);
        case OutsideText.Text found -> new SourceText(found, charset);
      };
    } catch (IOException e) {
      throw unreadable(
          file, String.valueOf(e.getMessage()), "Check the file and its permissions.", e);
    }
  }

  /** UTF-8, where the whole file is; else Windows' for western Europe, in which all bytes are. */
  static Charset charset(ImportRequest.Given file) {
    try (SourceText text = open(file, StandardCharsets.UTF_8);
        Reader reader = new InputStreamReader(text.in(), StandardCharsets.UTF_8.newDecoder())) {
      char[] chars = new char[1 << 16];
      while (reader.read(chars) >= 0) {
        // Only whether it can be read is asked for.
      }
      return StandardCharsets.UTF_8;
    } catch (CharacterCodingException e) {
      return WINDOWS;
    } catch (IOException e) {
      throw unreadable(
          file, String.valueOf(e.getMessage()), "Check the file and its permissions.", e);
    }
  }

  /** What it begins with. */
  String start() {
    return start;
  }

  Reader reader() {
    return new InputStreamReader(in(), charset);
  }

  private InputStream in() {
    return text.in();
  }

  @Override
  public void close() throws IOException {
    text.in().close();
  }

  static BridgeException unreadable(
      ImportRequest.Given file, String what, String remedy, @Nullable Exception cause) {
    return new BridgeException(
        ImportError.FILE_UNREADABLE,
        "The file cannot be imported: " + what,
        file.name(),
        remedy,
        cause);
  }
}
