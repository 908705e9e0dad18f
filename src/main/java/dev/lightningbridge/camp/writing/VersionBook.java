package dev.lightningbridge.camp.writing;

import dev.lightningbridge.common.BridgeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent versions of a session that is written into. */
public interface VersionBook {
  /** Those that there are. */
  List<ImportedVersion> versions();

  /**
   * The agent version with the prompt; where there is none, one is made: of a new lineage, or of
   * the given one.
   *
   * @param lineageId null for a new lineage
   * @throws BridgeException where the session has as many lineages as it can have
   */
  ImportedVersion version(String prompt, @Nullable String lineageId);
}
