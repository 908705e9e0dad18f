package dev.lightningbridge.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.function.Function;

/** An integer as JSON Schema has it: 27.0 is one, 27.5 and "27" are none. */
final class WholeNumber<T extends Number> extends StdScalarDeserializer<T> {
  private static final long serialVersionUID = 1L;

  private final transient Function<BigDecimal, T> exactly;

  WholeNumber(Class<T> type, Function<BigDecimal, T> exactly) {
    super(type);
    this.exactly = exactly;
  }

  @Override
  @SuppressWarnings("unchecked")
  public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      return (T) context.handleUnexpectedToken(handledType(), parser);
    }
    BigDecimal number = parser.getDecimalValue();
    try {
      return exactly.apply(number);
    } catch (ArithmeticException e) {
      return (T) context.handleWeirdNumberValue(handledType(), number, "no whole number");
    }
  }
}
