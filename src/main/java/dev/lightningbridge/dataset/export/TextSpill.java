package dev.lightningbridge.dataset.export;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Texts put aside on the disk, to be fetched in another order: memory then does not grow with them.
 * First all are put, then any is fetched.
 */
final class TextSpill implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final OutputStream out;
  private long end;

  TextSpill(Path folder) throws IOException {
    file = Files.createTempFile(folder, ".texts", ".part");
    channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
  }

  /** Puts a text aside and says where. */
  long put(String text) throws IOException {
    long place = end;
    byte[] bytes = RowFile.wellFormed(text).getBytes(StandardCharsets.UTF_8);
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.write(bytes);
    end += Integer.BYTES + bytes.length;
    return place;
  }

  String get(long place) throws IOException {
    out.flush();
    int length = read(place, Integer.BYTES).getInt();
    return new String(read(place + Integer.BYTES, length).array(), StandardCharsets.UTF_8);
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
