package dev.lightningbridge.common;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that appears under its name only when it is complete: written beside its place, forced to
 * the disk, then renamed. An earlier file of that name stays untouched until then.
 */
public final class WholeFile {
  private WholeFile() {}

  /** Writes what the body writes; on any failure nothing is left behind. */
  public static void write(Path target, Body body) throws IOException {
    try (Draft draft = draft(target)) {
      body.writeTo(draft.out());
      draft.publish();
    }
  }

  /** Opens a file to be written piece by piece, such as beside others that appear together. */
  public static Draft draft(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("not a file name: " + target);
    }
    Files.createDirectories(folder);
    Path place = Files.createTempFile(folder, "." + target.getFileName(), ".part");
    return new Draft(target, place, Files.newOutputStream(place));
  }

  /** Writes the content of the file. */
  @FunctionalInterface
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A file that is not there yet; closed before it is published, it is gone. */
  public static final class Draft implements AutoCloseable {
    private final Path target;
    private final Path place;
    private final OutputStream out;

    private Draft(Path target, Path place, OutputStream out) {
      this.target = target;
      this.place = place;
      this.out = out;
    }

    public Path target() {
      return target;
    }

    /** Where it is written until then. */
    public Path place() {
      return place;
    }

    /** Not buffered. */
    public OutputStream out() {
      return out;
    }

    /** Ends the writing and forces it to the disk: what can fail for want of room fails here. */
    public void seal() throws IOException {
      out.close();
      try (FileChannel channel = FileChannel.open(place, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }

    /** Seals the file and gives it its name. */
    public void publish() throws IOException {
      seal();
      Files.move(
          place, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
      out.close();
      Files.deleteIfExists(place);
    }
  }
}
