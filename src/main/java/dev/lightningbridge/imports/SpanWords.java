package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.common.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a span says was sent and answered, in each way in which it has been recorded: as {@code
 * gen_ai.input.messages} (semantic conventions from 1.37), as numbered attributes ({@code
 * gen_ai.prompt.0.content}), and as events of the span.
 */
public final class SpanWords {
  private static final Pattern NUMBERED =
      Pattern.compile(
          "gen_ai\\.(prompt|completion)\\.(\\d{1,4})\\."
              + "(role|content|tool_calls\\.(\\d{1,2})\\.(id|name|arguments))");
  private static final String SYSTEM = "gen_ai.system_instructions";
  private static final Set<String> SAID =
      Set.of(
          "gen_ai.input.messages",
          "gen_ai.prompt",
          "gen_ai.output.messages",
          "gen_ai.completion",
          SYSTEM);
  private static final String EVALUATION = "gen_ai.evaluation.";

  private final Map<Integer, ObjectNode> sent = new TreeMap<>();
  private final Map<Integer, ObjectNode> answered = new TreeMap<>();
  private final Map<String, JsonNode> scores = new LinkedHashMap<>();
  private @Nullable JsonNode system;
  private @Nullable JsonNode asked;
  private @Nullable JsonNode replied;

  SpanWords() {}

  /** Whether an attribute of this name is of what was said. */
  static boolean isSaid(String name) {
    return SAID.contains(name) || NUMBERED.matcher(name).matches();
  }

  void attribute(String name, JsonNode value) {
    Matcher numbered = NUMBERED.matcher(name);
    if (numbered.matches()) {
      Map<Integer, ObjectNode> messages = numbered.group(1).equals("prompt") ? sent : answered;
      ObjectNode message =
          messages.computeIfAbsent(
              Integer.valueOf(numbered.group(2)), n -> Json.mapper().createObjectNode());
      if (numbered.group(4) == null) {
        message.set(numbered.group(3), value);
      } else {
        called(message, Integer.parseInt(numbered.group(4)), numbered.group(5), value);
      }
      return;
    }
    switch (name) {
      case "gen_ai.input.messages", "gen_ai.prompt" -> asked = asked == null ? value : asked;
      case "gen_ai.output.messages", "gen_ai.completion" -> replied = value;
      case SYSTEM -> system = value;
      default -> {}
    }
  }

  private static void called(ObjectNode message, int number, String name, JsonNode value) {
    ArrayNode calls = message.withArray("tool_calls");
    while (calls.size() <= number) {
      calls.addObject().put("type", "function").putObject("function");
    }
    ObjectNode call = (ObjectNode) calls.get(number);
    (name.equals("id") ? call : (ObjectNode) call.get("function")).set(name, value);
  }

  void event(OtlpEvent event) {
    ObjectNode message = event.sent();
    JsonNode answer = event.answered();
    if (message != null) {
      sent.put(sent.size(), message);
    } else if (answer != null) {
      replied = event.isFirst() || replied == null ? answer : replied;
    } else if (event.isScore()) {
      evaluation(event.says());
    } else {
      event.says().forEach(this::attribute);
    }
  }

  /** Whether both are told, what was sent besides a prompt, and what was answered. */
  boolean isWhole() {
    boolean isAsked = asked != null || sent.values().stream().anyMatch(m -> !Chat.isPrompt(m));
    return isAsked && (replied != null || !answered.isEmpty());
  }

  /** The first score is the row's; all are kept under their names. */
  private void evaluation(Map<String, JsonNode> says) {
    JsonNode value = says.get(EVALUATION + "score.value");
    value = value == null ? says.get(EVALUATION + "score.label") : value;
    if (value == null) {
      return;
    }
    JsonNode name = says.getOrDefault(EVALUATION + "name", TextNode.valueOf("score"));
    if (scores.putIfAbsent(Field.SCORE.word(), value) != null) {
      scores.putIfAbsent("score." + name.asText(), value);
      return;
    }
    scores.put("score name", name);
    JsonNode why = says.get(EVALUATION + "explanation");
    if (why != null) {
      scores.put(Field.COMMENT.word(), why);
    }
  }

  /** What the span's events say of a score, by the names of a row. */
  Map<String, JsonNode> scores() {
    return scores;
  }

  /** The prompt, input and output, as a row of an import names them. */
  Map<String, JsonNode> fields() {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    if (system != null) {
      fields.put(Field.PROMPT.word(), TextNode.valueOf(Messages.prompt(system)));
    }
    if (asked != null) {
      Messages.input(asked).forEach(fields::putIfAbsent);
    }
    if (!sent.isEmpty()) {
      Messages.input(numbered()).forEach(fields::putIfAbsent);
    }
    JsonNode answer = answer();
    if (answer != null) {
      fields.put(Field.OUTPUT.word(), Messages.output(answer));
    }
    return fields;
  }

  /**
   * All that was sent, the prompt first, in the form of OpenAI's messages. OpenLIT says the prompt
   * twice, in its own place and as the first message.
   */
  public ArrayNode messages() {
    ArrayNode messages = Json.mapper().createArrayNode();
    JsonNode given = asked == null ? numbered() : Messages.unquoted(asked);
    if (given.path(Chat.MESSAGES).isArray()) {
      given = given.path(Chat.MESSAGES);
    }
    if (Chat.isMessages(given)) {
      Messages.plain(given).forEach(messages::add);
    } else if (!given.isEmpty() || given.isValueNode()) {
      messages
          .addObject()
          .put("role", "user")
          .put("content", given.isTextual() ? given.textValue() : given.toString());
    }
    if (system != null && !begins(messages, Messages.prompt(system))) {
      messages.insertObject(0).put("role", "system").put("content", Messages.prompt(system));
    }
    return messages;
  }

  private static boolean begins(ArrayNode messages, String prompt) {
    JsonNode first = messages.path(0);
    return first.path("role").asText("").equals("system")
        && Chat.text(first.path("content")).equals(prompt);
  }

  /** The message that was answered, in the form of OpenAI's; without any member where none was. */
  public JsonNode reply() {
    JsonNode answer = answer();
    if (answer == null) {
      return Json.mapper().createObjectNode();
    }
    JsonNode message = Messages.reply(answer);
    return message.isObject() && (message.has("role") || message.has("tool_calls"))
        ? Messages.plain(message)
        : Json.mapper()
            .createObjectNode()
            .put("content", message.isTextual() ? message.textValue() : message.toString());
  }

  private @Nullable JsonNode answer() {
    return answered.isEmpty() ? replied : answered.values().iterator().next();
  }

  private ArrayNode numbered() {
    return Json.mapper().createArrayNode().addAll(sent.values());
  }
}
