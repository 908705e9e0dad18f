package dev.lightningbridge.common;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The JSON mapper of all rooms: compact output, unknown members ignored, paths as they are written,
 * depth and size limited.
 */
public final class Json {
  /** A tree of so many values, names and brackets takes some 20 MB; honest texts hold hundreds. */
  private static final long OUTSIDE_TOKENS = 200_000;

  private static final ObjectMapper MAPPER = mapper(Long.MAX_VALUE);
  private static final ObjectMapper OUTSIDE = mapper(OUTSIDE_TOKENS);

  private Json() {}

  /** As {@link Path#of}; Jackson's own takes a colon for the end of a URI's scheme. */
  private static final class PathDeserializer extends FromStringDeserializer<Path> {
    private static final long serialVersionUID = 1L;

    PathDeserializer() {
      super(Path.class);
    }

    @Override
    protected Path _deserialize(String value, DeserializationContext context) {
      return Path.of(value);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws UncheckedIOException where the text is no such value
   */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(
          "no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }

  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The mapper for text from outside, which may be a bomb: the number of values is limited too. */
  public static ObjectMapper outside() {
    return OUTSIDE;
  }

  private static ObjectMapper mapper(long maxTokens) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(200)
                        .maxStringLength(50_000_000)
                        .maxTokenCount(maxTokens)
                        .build())
                .build())
        .addModule(
            new SimpleModule()
                .addSerializer(Path.class, ToStringSerializer.instance)
                .addDeserializer(Path.class, new PathDeserializer()))
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /** Writes a value that is known to be serialisable. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not serialisable: " + value.getClass(), e);
    }
  }
}
