package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What goes to an endpoint and must not come back from it: the key, and secrets of headers. */
final class Secrets {
  private final KeyForms key;
  private final List<KeyForms> unmistakable;

  private Secrets(KeyForms key, List<KeyForms> others) {
    this.key = key;
    this.unmistakable =
        Stream.concat(Stream.of(key), others.stream()).filter(KeyForms::areUnmistakable).toList();
  }

  /**
   * @param headers that go along with each call, and {@code parameters} of the URL: those that look
   *     like secrets are taken for such
   */
  static Secrets of(ApiKey key, Collection<String> headers, Collection<String> parameters) {
    return new Secrets(
        new KeyForms(key.value()),
        Stream.concat(headers.stream(), parameters.stream()).map(KeyForms::new).toList());
  }

  /** An endpoint's words without them, should it repeat them. */
  String redact(String words) {
    return withoutUnmistakable(key.redact(words));
  }

  private String withoutUnmistakable(String words) {
    String redacted = words;
    for (KeyForms forms : unmistakable) {
      redacted = forms.redact(redacted);
    }
    return redacted;
  }

  /**
   * Takes them out of an answer that is to be kept. What the model said stays as it is: a key such
   * as {@code blue} may be a word of it, so only what no text holds by chance is taken out.
   */
  void redactIn(ObjectNode answer) {
    if (!unmistakable.isEmpty()) {
      answer.properties().forEach(member -> member.setValue(redacted(member.getValue())));
    }
  }

  private JsonNode redacted(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        redactIn(object);
        yield object;
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, redacted(array.get(i)));
        }
        yield array;
      }
      case TextNode text -> TextNode.valueOf(withoutUnmistakable(text.textValue()));
      default -> node;
    };
  }
}
