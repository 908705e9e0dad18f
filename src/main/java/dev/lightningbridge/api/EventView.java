package dev.lightningbridge.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.RunLog;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An event of a run. */
@Schema(name = "RunEvent")
public record EventView(
    @Schema(description = "Counts up from 1 in each run.") long sequence,
    @Schema(examples = "round_finished") String type,
    @Schema(format = "date-time") String at,
    JsonNode body) {
  static EventView of(RunLog.StoredEvent event) {
    return new EventView(
        event.sequence(),
        event.type(),
        Instant.ofEpochMilli(event.at()).toString(),
        Json.read(event.bodyJson(), JsonNode.class));
  }

  /** Events in their order. */
  @Schema(name = "EventPage")
  public record Page(
      List<EventView> items,
      @Schema(description = "Give it as \"after\" for the next page; left out on the last one.")
          @Nullable Long next) {}
}
