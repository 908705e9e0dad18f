package dev.lightningbridge.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.server.BodyFault;
import io.quarkiverse.mcp.server.ToolResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolationException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a tool says: what the API's route of the same name answers, as JSON, or what is wrong. */
@ApplicationScoped
class Answers {
  private static final System.Logger LOG = System.getLogger(Answers.class.getName());

  private final ObjectMapper mapper;

  Answers(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Of a route that takes a request; what is wrong in it is said by name. */
  <T> ToolResponse of(JsonNode given, Class<T> type, Function<T, Object> route) {
    T request;
    try {
      request = mapper.treeToValue(given, type);
    } catch (JsonProcessingException e) {
      return ToolResponse.error(BodyFault.of(e));
    }
    return of(() -> route.apply(request));
  }

  ToolResponse of(Supplier<Object> route) {
    try {
      return ToolResponse.success(mapper.writeValueAsString(route.get()));
    } catch (BridgeException e) {
      return ToolResponse.error(e.getMessage());
    } catch (ConstraintViolationException e) {
      return ToolResponse.error(
          e.getConstraintViolations().stream()
              .map(wrong -> wrong.getPropertyPath() + " " + wrong.getMessage())
              .sorted()
              .collect(Collectors.joining("; ")));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a tool of MCP failed", e);
      return ToolResponse.error("An unexpected error; the server's log has its trace.");
    }
  }
}
