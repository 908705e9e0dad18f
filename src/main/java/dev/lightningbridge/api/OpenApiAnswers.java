package dev.lightningbridge.api;

import dev.lightningbridge.server.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

/** Adds to every route of the description what holds for all: the token, and how it says no. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OpenApiAnswers implements OASFilter {
  private static final String TOKEN = "token";
  private static final Map<String, String> ALWAYS =
      Map.of(
          "400", "The request is not as described.",
          "401", "The token is missing or wrong.",
          "403", "The request comes from another site's page, or its file is in no allowed folder.",
          "421", "The request is for another host.");
  private static final Map<String, String> WITH_BODY =
      Map.of(
          "413", "The body is too large.", "415", "The body is of a type that this does not take.");
  private static final Map<String, String> CHANGING =
      Map.of(
          "404", "What it names is not there.",
          "409", "It cannot be done in this state, or no more.",
          "422", "It is as described, and cannot be done all the same.",
          "503", "What it needs is not installed on this machine.");
  private static final Map<String, String> NAMING =
      Map.of("404", "What it names is not there.", "422", "What it names cannot be read or used.");

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.getComponents()
        .addSecurityScheme(
            TOKEN,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("The content of the file \"token\" in the home folder."));
    api.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN));
    api.getPaths().getPathItems().values().forEach(OpenApiAnswers::complete);
    api.getComponents().getSchemas().values().forEach(OpenApiAnswers::letNullBeLeftOut);
  }

  private static void complete(PathItem path) {
    path.getOperations().forEach((method, operation) -> complete(path, method, operation));
  }

  private static void complete(PathItem path, HttpMethod method, Operation operation) {
    add(operation.getResponses(), ALWAYS);
    operation
        .getResponses()
        .addAPIResponse(
            "414",
            OASFactory.createAPIResponse()
                .description("The address is longer than 4,096 bytes. The answer has no body."));
    if (operation.getRequestBody() != null) {
      add(operation.getResponses(), WITH_BODY);
    }
    if (method != HttpMethod.GET) {
      add(operation.getResponses(), CHANGING);
    } else if (hasParameters(path.getParameters()) || hasParameters(operation.getParameters())) {
      add(operation.getResponses(), NAMING);
    }
  }

  private static boolean hasParameters(@Nullable List<Parameter> list) {
    return list != null && !list.isEmpty();
  }

  private static void add(APIResponses responses, Map<String, String> answers) {
    answers.forEach(
        (status, description) -> {
          if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(
                status,
                OASFactory.createAPIResponse()
                    .description(description)
                    .content(
                        OASFactory.createContent()
                            .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                    .schema(
                                        OASFactory.createSchema()
                                            .ref("#/components/schemas/Problem")))));
          }
        });
  }

  /** What may be left out of a request may be null in it too. */
  private static void letNullBeLeftOut(Schema schema) {
    Map<String, Schema> properties = schema.getProperties();
    if (properties == null || !Boolean.FALSE.equals(closed(schema))) {
      return;
    }
    List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
    properties.forEach(
        (name, property) -> {
          if (!required.contains(name)) {
            schema.addProperty(name, orNull(property));
          }
        });
  }

  private static @Nullable Boolean closed(Schema schema) {
    Schema additional = schema.getAdditionalPropertiesSchema();
    return additional == null ? null : additional.getBooleanSchema();
  }

  private static Schema orNull(Schema property) {
    if (property.getRef() != null) {
      return OASFactory.createSchema()
          .anyOf(List.of(property, OASFactory.createSchema().addType(SchemaType.NULL)));
    }
    return property.addType(SchemaType.NULL);
  }
}
