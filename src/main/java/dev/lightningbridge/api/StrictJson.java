package dev.lightningbridge.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.nio.file.Path;

/** Requests mean what they say: no unknown members, no text for a number, nothing after the end. */
@Singleton
class StrictJson implements ObjectMapperCustomizer {
  /** A request of ten thousand tasks with checks has fewer. */
  private static final long TOKENS = 500_000;

  @Override
  public void customize(ObjectMapper mapper) {
    mapper
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    mapper.getFactory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
    // Jackson's own would make URIs of paths.
    mapper.registerModule(
        new SimpleModule()
            .addSerializer(Path.class, ToStringSerializer.instance)
            .addDeserializer(
                Integer.class, new WholeNumber<>(Integer.class, BigDecimal::intValueExact))
            .addDeserializer(
                Long.class, new WholeNumber<>(Long.class, BigDecimal::longValueExact)));
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(50).maxTokenCount(TOKENS).build());
    for (LogicalType type :
        new LogicalType[] {
          LogicalType.Textual, LogicalType.Boolean, LogicalType.Integer, LogicalType.Float
        }) {
      for (CoercionInputShape shape : CoercionInputShape.values()) {
        if (!isOwn(type, shape)) {
          mapper.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail);
        }
      }
    }
  }

  private static boolean isOwn(LogicalType type, CoercionInputShape shape) {
    return switch (type) {
      case Textual -> shape == CoercionInputShape.String || shape == CoercionInputShape.EmptyString;
      case Boolean -> shape == CoercionInputShape.Boolean;
      case Integer -> shape == CoercionInputShape.Integer;
      default -> shape == CoercionInputShape.Integer || shape == CoercionInputShape.Float;
    };
  }
}
