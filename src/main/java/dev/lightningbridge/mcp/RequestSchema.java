package dev.lightningbridge.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.lightningbridge.api.requests.NewJudgeReport;
import dev.lightningbridge.api.requests.NewRun;
import io.quarkiverse.mcp.server.InputSchemaGenerator;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Describes a tool whose one argument is a request of the API, by the words that describe it in the
 * API's document.
 */
public abstract class RequestSchema implements InputSchemaGenerator<JsonNode> {
  private final String argument;
  private final Class<?> type;

  RequestSchema(String argument, Class<?> type) {
    this.argument = argument;
    this.type = type;
  }

  /** Of a tool that takes a run. */
  @Singleton
  public static final class OfRun extends RequestSchema {
    OfRun() {
      super(RunTools.RUN, NewRun.class);
    }
  }

  /** Of a tool that takes a comparison of a judge with people. */
  @Singleton
  public static final class OfJudgeReport extends RequestSchema {
    OfJudgeReport() {
      super(JudgeTools.REPORT, NewJudgeReport.class);
    }
  }

  @Override
  public JsonNode generate(ToolInfo tool) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("type", "object");
    schema.putObject("properties").set(argument, described(type));
    schema.putArray("required").add(argument);
    return schema;
  }

  private static JsonNode described(Class<?> type) {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .without(Option.SCHEMA_VERSION_INDICATOR)
            .with(Option.INLINE_ALL_SCHEMAS, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
    config
        .forFields()
        .withDescriptionResolver(RequestSchema::description)
        .withRequiredCheck(field -> field.getAnnotation(NotNull.class) != null)
        .withStringPatternResolver(RequestSchema::pattern);
    config
        .forTypesInGeneral()
        .withCustomDefinitionProvider(
            (of, context) ->
                of.getErasedType() == JsonNode.class
                    ? new CustomDefinition(JsonNodeFactory.instance.objectNode())
                    : null);
    return new SchemaGenerator(config.build()).generateSchema(type);
  }

  private static @Nullable String description(FieldScope field) {
    return Optional.ofNullable(field.getAnnotation(Schema.class))
        .map(Schema::description)
        .filter(text -> !text.isEmpty())
        .orElse(null);
  }

  private static @Nullable String pattern(FieldScope field) {
    return Optional.ofNullable(field.getAnnotation(Pattern.class))
        .map(Pattern::regexp)
        .orElse(null);
  }
}
