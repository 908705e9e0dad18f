package dev.lightningbridge.corpus;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a promotion or rollback wrote, by id: these rows are new and no other was touched.
 *
 * @param version the new agent version's number
 * @param blobHashes the payloads stored
 * @param backup the copy of the database from before; null for a dump, which itself stays as it was
 * @param dump the new dump, to be put back into the browser; null for a SQLite file
 */
public record Written(
    String agentVersionId,
    int version,
    List<String> eventIds,
    List<String> blobHashes,
    String evolutionRecordId,
    List<String> auditIds,
    @Nullable Path backup,
    @Nullable Path dump) {
  /** This, with the copy from before and the new dump. */
  public Written with(@Nullable Path newBackup, @Nullable Path newDump) {
    return new Written(
        agentVersionId,
        version,
        eventIds,
        blobHashes,
        evolutionRecordId,
        auditIds,
        newBackup,
        newDump);
  }
}
