package dev.lightningbridge.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.lightningbridge.common.Json;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What exporters of spans and logs send, and what they read, as JSON or as Protocol Buffers
 * (OTLP/HTTP 1.5).
 *
 * @param json whether it is JSON
 */
public record SpanBody(boolean json) {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  /** Unpacked; exporters send parts of some hundred spans. */
  private static final int MOST = 16 << 20;

  private static final int MESSAGE_OF_STATUS = 2;

  /** That of a content type; null where it is neither. */
  public static @Nullable SpanBody of(@Nullable String contentType) {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals(JSON)
        ? new SpanBody(true)
        : type.equals(PROTOBUF) ? new SpanBody(false) : null;
  }

  public String contentType() {
    return json ? JSON : PROTOBUF;
  }

  /**
   * A document in OTLP JSON.
   *
   * @param bytes that it had, unpacked
   */
  public record Document(JsonNode json, long bytes) {}

  /**
   * The document with spans.
   *
   * @param encoding as the header says, gzip or none
   * @throws IOException where it cannot be read as what it says it is
   */
  public Document read(byte[] body, @Nullable String encoding) throws IOException {
    byte[] plain = unpacked(body, encoding);
    return new Document(
        json ? object(plain) : SpansOfProtobuf.json(ExportTraceServiceRequest.parseFrom(plain)),
        plain.length);
  }

  /** As {@link #read}, the document with events among logs. */
  public JsonNode readLogs(byte[] body, @Nullable String encoding) throws IOException {
    byte[] plain = unpacked(body, encoding);
    return json ? object(plain) : LogsOfProtobuf.json(ExportLogsServiceRequest.parseFrom(plain));
  }

  private static JsonNode object(byte[] plain) throws IOException {
    JsonNode document = Json.outside().readTree(plain);
    if (document == null || !document.isObject()) {
      throw new IOException("it is no object");
    }
    return document;
  }

  private static byte[] unpacked(byte[] body, @Nullable String encoding) throws IOException {
    String named = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    if (named.isEmpty() || named.equals("identity")) {
      return body;
    }
    if (!named.equals("gzip")) {
      throw new IOException("the encoding " + named + " is not known: send gzip, or none");
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] plain = in.readNBytes(MOST + 1);
      if (plain.length > MOST) {
        throw new IOException("it has more than %d bytes when unpacked".formatted(MOST));
      }
      return plain;
    }
  }

  /** The answer to what was taken; of what was not, how many and why. */
  public Buffer answer(long rejected, String why) {
    if (json) {
      return Buffer.buffer(
          Json.write(
              rejected == 0
                  ? Map.of()
                  : Map.of(
                      "partialSuccess",
                      Map.of("rejectedSpans", String.valueOf(rejected), "errorMessage", why))));
    }
    ExportTraceServiceResponse.Builder answer = ExportTraceServiceResponse.newBuilder();
    if (rejected > 0) {
      answer.setPartialSuccess(
          ExportTracePartialSuccess.newBuilder().setRejectedSpans(rejected).setErrorMessage(why));
    }
    return Buffer.buffer(answer.build().toByteArray());
  }

  /** A google.rpc.Status, as OTLP wants an error told. */
  public Buffer error(String message) {
    return Buffer.buffer(
        json
            ? Json.write(Map.of("message", message)).getBytes(StandardCharsets.UTF_8)
            : UnknownFieldSet.newBuilder()
                .addField(
                    MESSAGE_OF_STATUS,
                    UnknownFieldSet.Field.newBuilder()
                        .addLengthDelimited(ByteString.copyFromUtf8(message))
                        .build())
                .build()
                .toByteArray());
  }

  /** Sends an answer of this form, where somebody still waits for it. */
  public void send(RoutingContext context, int status, Buffer body) {
    if (!context.response().closed()) {
      context.response().setStatusCode(status).putHeader("Content-Type", contentType()).end(body);
    }
  }

  /** What is wrong with a body, in words for who sent it. */
  public static String why(IOException e) {
    return e instanceof JsonProcessingException json
        ? "it is no JSON: " + json.getOriginalMessage()
        : e instanceof InvalidProtocolBufferException
            ? "it is none of OTLP's Protocol Buffers: " + e.getMessage()
            : String.valueOf(e.getMessage());
  }
}
