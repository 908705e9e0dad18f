package dev.lightningbridge.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.io.UncheckedIOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * A made-up answer, with what it says.
 *
 * @param text the content's text
 * @param declined whether a refusal's code stands in it
 */
record ShapedAnswer(String type, String body, String text, boolean declined) {
  private static final List<String> DECLINING =
      List.of("content_filter", "sensitive", "SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST");

  /** A member's value and what it says. */
  private record Content(@Nullable JsonNode value, String text, boolean declined) {}

  static Arbitrary<ShapedAnswer> any() {
    Arbitrary<String> types =
        Arbitraries.of("application/json", "text/plain", "", "text/event-stream", "text/html");
    Arbitrary<String> finishes =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.of("\"stop\"", "null", "\"eos\"", "")),
            Tuple.of(
                2, Arbitraries.of("\"length\"", "\"error\"", "7", "{}", "[\"stop\"]", "\"zorp\"")),
            Tuple.of(1, Arbitraries.of(DECLINING).map(Json::write)));
    Arbitrary<String> besides =
        Arbitraries.of(
            "{}",
            "{\"refusal\":null,\"tool_calls\":[]}",
            "{\"reasoning_content\":\"So it is blue.\"}",
            "{\"reasoning\":\"I must refuse: content_filter\",\"tool_calls\":null}",
            "{\"refusal\":\"\",\"function_call\":null}",
            "{\"refusal\":\"No.\"}",
            "{\"refusal\":true}",
            "{\"tool_calls\":[{\"id\":\"c\"}]}",
            "{\"tool_calls\":\"none\"}");
    Arbitrary<String> errors =
        Arbitraries.of(
            "", "", "", "", "null", "{}", "{\"code\":null}", "{\"code\":502}", "\"refused\"");
    Arbitrary<Integer> cuts =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(0)), Tuple.of(1, Arbitraries.integers().between(1, 90)));
    return Combinators.combine(contents(), types, finishes, besides, errors, cuts)
        .as(ShapedAnswer::of);
  }

  private static Arbitrary<Content> contents() {
    Arbitrary<Content> texts =
        Arbitraries.strings().ofMaxLength(12).map(t -> new Content(node(t), t, false));
    Arbitrary<Content> odd =
        Arbitraries.of(
                "null",
                "7",
                "true",
                "{}",
                "{\"type\":\"text\",\"text\":\"no\"}",
                "\"  \"",
                "[]",
                "[[\"no\"]]")
            .map(json -> new Content(read(json), json.startsWith("\"") ? "  " : "", false));
    Arbitrary<Content> missing = Arbitraries.just(new Content(null, "", false));
    return Arbitraries.oneOf(texts, texts, parts(), odd, missing);
  }

  private static Arbitrary<Content> parts() {
    Arbitrary<Content> said =
        Arbitraries.strings()
            .ofMaxLength(6)
            .map(t -> new Content(part("text", "text", t), t, false));
    Arbitrary<Content> unsaid =
        Arbitraries.of(
            new Content(part("thinking", "thinking", "hm"), "", false),
            new Content(part("reasoning", "text", "hm"), "", false),
            new Content(part("image_url", "image_url", "data:x"), "", false),
            new Content(part("refusal", "refusal", "No."), "", true),
            new Content(read("{\"type\":\"text\",\"text\":{\"a\":1}}"), "", false),
            new Content(read("null"), "", false));
    return Arbitraries.oneOf(said, said, said, unsaid)
        .list()
        .ofMaxSize(4)
        .map(
            parts -> {
              ArrayNode array = Json.mapper().createArrayNode();
              parts.forEach(part -> array.add(part.value()));
              return new Content(
                  array,
                  parts.stream().map(Content::text).reduce("", String::concat),
                  parts.stream().anyMatch(Content::declined));
            });
  }

  private static ShapedAnswer of(
      Content content, String type, String finish, String beside, String error, int cut) {
    ObjectNode body = Json.mapper().createObjectNode();
    ObjectNode choice = body.putArray("choices").addObject();
    ObjectNode message = choice.putObject("message");
    message.setAll((ObjectNode) read(beside));
    if (content.value() != null) {
      message.set("content", content.value());
    }
    if (!finish.isEmpty()) {
      choice.set("finish_reason", read(finish));
    }
    if (!error.isEmpty()) {
      body.set("error", read(error));
    }
    String whole = escaped(body);
    String sent = whole.substring(0, Math.max(0, whole.length() - cut));
    boolean declined =
        cut == 0
            && (content.declined()
                || beside.contains("\"No.\"")
                || DECLINING.stream().anyMatch(word -> finish.equals(Json.write(word))));
    return new ShapedAnswer(type, sent, MessageText.readable(content.text()), declined);
  }

  /** Half characters are only sent whole as escapes. */
  private static String escaped(JsonNode body) {
    try {
      return Json.mapper()
          .writer()
          .with(JsonWriteFeature.ESCAPE_NON_ASCII)
          .writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode part(String type, String member, String text) {
    return Json.mapper().createObjectNode().put("type", type).put(member, text);
  }

  private static JsonNode node(String text) {
    return Json.mapper().getNodeFactory().textNode(text);
  }

  private static JsonNode read(String json) {
    return Json.read(json, JsonNode.class);
  }
}
