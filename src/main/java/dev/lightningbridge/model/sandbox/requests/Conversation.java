package dev.lightningbridge.model.sandbox.requests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Sha256;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.Fence;
import dev.lightningbridge.model.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request as the sandbox reads it.
 *
 * @param key what all chance in the answer comes from: the request, and where its temperature is
 *     above 0 also how often it was made before
 * @param variant that repetition; empty for the first and for temperature 0
 * @param ordinal how often the request was made before, whatever the temperature
 */
public record Conversation(
    String model, List<Turn> turns, String key, String variant, int ordinal) {
  private static final Set<String> INSTRUCTING = Set.of("system", "developer");

  /**
   * A message's role and its text without the tags of its fence.
   *
   * @param data the texts that stood in the fence
   */
  public record Turn(String role, String text, List<String> data) {
    Turn(String role, String text) {
      this(role, text, List.of());
    }

    public boolean instructs() {
      return INSTRUCTING.contains(role);
    }

    static Turn of(JsonNode message) {
      String role = message.path("role").asText();
      String text = text(message.path("content"));
      return Fence.ofMessage(text)
          .map(fence -> new Turn(role, fence.open(text), fence.texts(text)))
          .orElse(new Turn(role, text));
    }

    /** A string, or the texts of an array of parts. */
    private static String text(JsonNode content) {
      if (!content.isArray()) {
        return content.asText("");
      }
      StringBuilder joined = new StringBuilder();
      content.forEach(
          part -> joined.append(part.isTextual() ? part.asText() : part.path("text").asText()));
      return joined.toString();
    }
  }

  /**
   * @throws ModelException a bad request: there are no messages
   */
  public static Conversation of(ChatRequest request) throws ModelException {
    JsonNode messages = request.body().path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw new ModelException(
          ModelException.Kind.BAD_REQUEST, "sandbox: the request has no messages");
    }
    List<Turn> turns = new ArrayList<>();
    messages.forEach(m -> turns.add(Turn.of(m)));
    double temperature = request.body().path("temperature").asDouble(1);
    String variant = temperature > 0 && request.ordinal() > 0 ? "#" + request.ordinal() : "";
    String canonical =
        turns.stream()
            .map(t -> t.role() + "\u001f" + t.text())
            .collect(
                Collectors.joining(
                    "\u001e", request.model() + "\u001e" + temperature + "\u001e", ""));
    return new Conversation(
        request.model(),
        List.copyOf(turns),
        Sha256.hex(canonical) + variant,
        variant,
        request.ordinal());
  }

  String opening() {
    return turns.get(0).text();
  }

  /** All texts, parted by blank lines. */
  public String whole() {
    return turns.stream().map(Turn::text).collect(Collectors.joining("\n\n"));
  }

  public String system() {
    return turns.stream().filter(Turn::instructs).map(Turn::text).collect(Collectors.joining("\n"));
  }

  /** Where the last message of the user stands; the very last one where there is none. */
  public int lastUserTurn() {
    for (int i = turns.size() - 1; i >= 0; i--) {
      if (turns.get(i).role().equals("user")) {
        return i;
      }
    }
    return turns.size() - 1;
  }

  public String lastUser() {
    return turns.get(lastUserTurn()).text();
  }
}
