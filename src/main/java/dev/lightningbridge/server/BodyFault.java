package dev.lightningbridge.server;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.stream.Collectors;

/** What is wrong with a body, in words that do not name our classes. */
public final class BodyFault {
  private BodyFault() {}

  public static String of(JsonProcessingException e) {
    if (e instanceof JsonParseException) {
      return "the body is no JSON";
    }
    if (!(e instanceof JsonMappingException mapping)) {
      return "the body cannot be read";
    }
    String where =
        mapping.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getFieldName())
            .collect(Collectors.joining());
    String place = where.isEmpty() ? "the body" : where.replaceFirst("^\\.", "");
    return mapping instanceof UnrecognizedPropertyException
        ? place + " is not known"
        : place + " is not of the kind described";
  }
}
