package dev.lightningbridge.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.AgentVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What an agent has beside its system prompt: tools, and a flow of steps. Training Camp runs an
 * agent with a flow step by step; a run of this product sends the system prompt and the input, as
 * plain chat, and so measures another agent.
 *
 * @param tools by name; {@code steps} of the flow, by type
 */
public record Equipment(List<String> tools, List<String> steps) {
  /** Of an agent that is its prompt, and nothing else. */
  public static final Equipment NONE = new Equipment(List.of(), List.of());

  private static final int SHOWN = 8;
  private static final int LONGEST_NAME = 40;
  private static final String UNREADABLE = "unreadable";

  /** What the agent version has. What of it is no readable list counts as there. */
  public static Equipment of(AgentVersion version) {
    return new Equipment(items(version.toolsJson(), "name"), items(version.flowJson(), "type"));
  }

  /** Whether there is nothing. */
  public boolean isNone() {
    return tools.isEmpty() && steps.isEmpty();
  }

  /** Such as "2 tools (search, calculate) and a flow of 3 steps (start, prompt, output)". */
  public String inWords() {
    List<String> parts = new ArrayList<>();
    if (!tools.isEmpty()) {
      parts.add("%s (%s)".formatted(counted(tools.size(), "tool"), listed(tools)));
    }
    if (!steps.isEmpty()) {
      parts.add("a flow of %s (%s)".formatted(counted(steps.size(), "step"), listed(steps)));
    }
    return String.join(" and ", parts);
  }

  private static String counted(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String listed(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? first + ", …" : first;
  }

  private static List<String> items(String json, String member) {
    if (json.isBlank()) {
      return List.of();
    }
    JsonNode value = parsed(json);
    if (value != null && (value.isNull() || (value.isContainerNode() && value.isEmpty()))) {
      return List.of();
    }
    if (value == null || !value.isArray()) {
      return List.of(UNREADABLE);
    }
    return StreamSupport.stream(value.spliterator(), false)
        .map(item -> named(item.path(member).asText("")))
        .toList();
  }

  private static String named(String name) {
    String line = name.strip().replaceAll("\\s+", " ");
    return line.isEmpty()
        ? "unnamed"
        : line.codePointCount(0, line.length()) <= LONGEST_NAME
            ? line
            : line.substring(0, line.offsetByCodePoints(0, LONGEST_NAME)) + "…";
  }

  private static @Nullable JsonNode parsed(String json) {
    try {
      return Json.outside().readTree(json);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
