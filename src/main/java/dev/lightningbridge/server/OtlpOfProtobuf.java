package dev.lightningbridge.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What spans and logs have in common, from Protocol Buffers to OTLP JSON. Protobuf's own JSON is
 * another one: OTLP writes ids in hexadecimal.
 */
final class OtlpOfProtobuf {
  private OtlpOfProtobuf() {}

  static void attributes(List<KeyValue> attributes, ArrayNode list) {
    for (KeyValue attribute : attributes) {
      value(
          attribute.getValue(), list.addObject().put("key", attribute.getKey()).putObject("value"));
    }
  }

  static void value(AnyValue value, ObjectNode node) {
    switch (value.getValueCase()) {
      case STRING_VALUE -> node.put("stringValue", value.getStringValue());
      case BOOL_VALUE -> node.put("boolValue", value.getBoolValue());
      case INT_VALUE -> node.put("intValue", value.getIntValue());
      case DOUBLE_VALUE -> node.put("doubleValue", value.getDoubleValue());
      case ARRAY_VALUE -> {
        ArrayNode values = node.putObject("arrayValue").putArray("values");
        value.getArrayValue().getValuesList().forEach(v -> value(v, values.addObject()));
      }
      case KVLIST_VALUE ->
          attributes(
              value.getKvlistValue().getValuesList(),
              node.putObject("kvlistValue").putArray("values"));
      case BYTES_VALUE ->
          node.put(
              "bytesValue",
              Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
      default -> {}
    }
  }

  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
