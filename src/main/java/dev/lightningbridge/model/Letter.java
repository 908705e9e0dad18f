package dev.lightningbridge.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message to a model, piece by piece: our own words, and texts from outside (a database, a
 * person, a model), which are data. The one place where data is put between fences. Not
 * thread-safe.
 */
public final class Letter {
  private final List<Piece> pieces = new ArrayList<>();

  private record Piece(String text, boolean data) {}

  /** Adds words of ours. */
  public Letter say(String own) {
    pieces.add(new Piece(own, false));
    return this;
  }

  /** Adds a text from outside, on lines of its own between the tags of a fence. */
  public Letter data(String text) {
    pieces.add(new Piece(text, true));
    return this;
  }

  /** Adds what another letter says. */
  public Letter say(Letter other) {
    pieces.addAll(other.pieces);
    return this;
  }

  /** The whole: where it holds data, with the rule about it first ({@link Fence}). */
  public String text() {
    if (pieces.stream().noneMatch(Piece::data)) {
      return said(null);
    }
    Fence fence = Fence.of(pieces.stream().map(Piece::text).toList());
    return fence.rule() + "\n\n" + said(fence);
  }

  private String said(@Nullable Fence fence) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      text.append(piece.data() && fence != null ? fence.around(piece.text()) : piece.text());
    }
    return text.toString();
  }
}
