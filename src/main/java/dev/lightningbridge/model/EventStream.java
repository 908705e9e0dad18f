package dev.lightningbridge.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events put together to the completion that they are pieces of: the counterpart of
 * {@link ChatStream}. The format is the HTML standard's, with what endpoints make of it: comments
 * and empty data between the events, a missing last {@code [DONE]}, whole messages in the place of
 * deltas.
 */
final class EventStream {
  private static final String END = "[DONE]";

  private final ObjectNode completion = Json.mapper().createObjectNode();
  private final TreeMap<Integer, StreamedChoice> choices = new TreeMap<>();
  private boolean ended;

  private EventStream() {}

  /** Whether the body can only be a stream of events, whatever its content type says. */
  static boolean is(String body) {
    return body.startsWith("data:") || body.startsWith("event:") || body.startsWith(":");
  }

  /**
   * @throws ModelException MALFORMED_ANSWER where the stream breaks off before the answer ends
   */
  static ObjectNode completion(String body) throws ModelException {
    EventStream stream = new EventStream();
    for (String event : events(body)) {
      if (event.equals(END)) {
        stream.ended = true;
      } else if (!stream.add(event)) {
        break;
      }
    }
    return stream.whole();
  }

  /** The data of the events that have any. */
  private static List<String> events(String body) {
    List<String> events = new ArrayList<>();
    List<String> data = new ArrayList<>();
    for (String line : (body + "\n\n").split("\r\n|\r|\n", -1)) {
      if (line.startsWith("data:")) {
        String more = line.substring(5).strip();
        if (!more.isEmpty()) {
          data.add(more);
        }
      } else if (line.isEmpty() && !data.isEmpty()) {
        events.addAll(separate(data));
        data.clear();
      }
    }
    return events;
  }

  /** Some servers forget the empty line after an event. */
  private static List<String> separate(List<String> data) {
    boolean eachWhole = data.stream().allMatch(line -> line.equals(END) || object(line) != null);
    return eachWhole ? data : List.of(String.join("\n", data));
  }

  private static @Nullable ObjectNode object(String json) {
    try {
      return Json.mapper().readTree(json) instanceof ObjectNode object ? object : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Takes an event in; false where it was cut off, so that nothing can come after it. */
  private boolean add(String event) {
    ObjectNode chunk = object(event);
    if (chunk == null) {
      return false;
    }
    for (JsonNode choice : chunk.path("choices")) {
      choices.computeIfAbsent(choice.path("index").asInt(0), StreamedChoice::new).add(choice);
    }
    chunk.remove("choices");
    chunk.properties().stream()
        .filter(member -> !member.getValue().isNull())
        .forEach(member -> completion.set(member.getKey(), member.getValue()));
    return true;
  }

  private ObjectNode whole() throws ModelException {
    boolean finished =
        !choices.isEmpty() && choices.values().stream().allMatch(StreamedChoice::isFinished);
    if (!ended && !finished && StatedError.in(completion) == null) {
      throw new ModelException(
          Kind.MALFORMED_ANSWER, "The endpoint's stream broke off before the answer was whole");
    }
    ArrayNode list = completion.putArray("choices");
    choices.values().forEach(choice -> list.add(choice.choice()));
    return completion;
  }
}
