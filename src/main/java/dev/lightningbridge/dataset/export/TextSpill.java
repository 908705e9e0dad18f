package dev.lightningbridge.dataset.export;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Texts put aside on the disk, to be fetched in another order: memory then does not grow with them.
 */
final class TextSpill implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private long end;

  TextSpill(Path folder) throws IOException {
    file = Files.createTempFile(folder, ".texts", ".part");
    channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Puts an example aside and says where. */
  long put(Example example) throws IOException {
    long place = end;
    for (String text : new String[] {example.prompt(), example.input(), example.output()}) {
      // UTF-16, because it keeps half a surrogate pair, and with it the text, as it is.
      ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + text.length() * Character.BYTES);
      bytes.putInt(text.length());
      bytes.asCharBuffer().put(text);
      bytes.rewind();
      while (bytes.hasRemaining()) {
        end += channel.write(bytes, end);
      }
    }
    return place;
  }

  Example get(long place) throws IOException {
    String[] texts = new String[3];
    long at = place;
    for (int i = 0; i < texts.length; i++) {
      int length = read(at, Integer.BYTES).getInt();
      texts[i] = read(at + Integer.BYTES, length * Character.BYTES).asCharBuffer().toString();
      at += Integer.BYTES + (long) length * Character.BYTES;
    }
    return new Example(texts[0], texts[1], texts[2]);
  }

  private ByteBuffer read(long at, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException("texts put aside are not there any more: " + file);
      }
    }
    return bytes.rewind();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
