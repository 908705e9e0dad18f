package dev.lightningbridge.lightning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.lightningbridge.common.Json;

/**
 * JSON in ASCII only, so that no text depends on how a pipe, JNI or Python would encode it: emoji
 * and even halves of surrogate pairs come out as they went in.
 */
final class Ascii {
  private static final ObjectWriter WRITER =
      Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());

  private Ascii() {}

  static String write(JsonNode node) {
    try {
      return WRITER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not serialisable", e);
    }
  }
}
