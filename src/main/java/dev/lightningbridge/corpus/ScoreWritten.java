package dev.lightningbridge.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What became of an output's score in its database.
 *
 * @param score 1 to 10, and {@code comment}, as they stand now; null where there is none
 * @param eventId the event that was written; null where nothing changed, or a first score was taken
 *     back with its event
 * @param backup the copy of the database from before; null where one was made on the same day
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScoreWritten(
    String artifactId,
    @Nullable Integer score,
    @Nullable String comment,
    @Nullable String eventId,
    @Nullable Path backup) {}
