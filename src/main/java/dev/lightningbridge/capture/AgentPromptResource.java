package dev.lightningbridge.capture;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.common.Sha256;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/agents/…/prompt}: the prompt that an application is to use. */
@Path("/api/v1/agents/{name}/prompt")
@Tag(name = "Capture")
public class AgentPromptResource {
  private static final String FRESH = "private, max-age=30";
  private static final MediaType TEXT = MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8");

  /** The first is what is sent to who accepts all. */
  private static final List<Variant> FORMS =
      Variant.mediaTypes(MediaType.TEXT_PLAIN_TYPE, MediaType.APPLICATION_JSON_TYPE).build();

  private final ServedPrompts prompts;
  private final Trials trials;

  AgentPromptResource(ServedPrompts prompts, Trials trials) {
    this.prompts = prompts;
    this.trials = trials;
  }

  @GET
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "showAgentPrompt",
      summary = "The prompt that an application is to use, as a text or with what it is",
      description =
          "Production is what a promotion, a rollback, an import or Training Camp made the agent last,"
              + " and until then the prompt of its first call; a prompt that was only called with is"
              + " served by its version alone. Candidate is what waits for approval.")
  @APIResponse(
      responseCode = "200",
      description = "The prompt.",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ServedPrompt.class))
      })
  @APIResponse(responseCode = "304", description = "It is the one that If-None-Match names.")
  public Response show(
      @PathParam("name") @Size(max = 64) String name,
      @Parameter(description = "production where left out.")
          @QueryParam("label")
          @Pattern(regexp = "^(production|candidate)?$")
          @Nullable String label,
      @Parameter(description = "In the place of a label.") @QueryParam("version") @Min(1)
          @Nullable Integer version,
      @Parameter(description = "A to H; where left out, the agent's first.")
          @QueryParam("lineage")
          @Pattern(regexp = "^[A-H]?$")
          @Nullable String lineage,
      @Parameter(
              description =
                  "Who asks, such as a user or a conversation. A share of the keys, as the"
                      + " configuration says, is given the candidate; each key always the same.")
          @QueryParam("key")
          @Size(max = 200)
          @Nullable String key,
      @Context Request request) {
    String of = lineage == null ? "" : lineage;
    boolean open = version == null && (label == null || label.isEmpty());
    ServedPrompt prompt =
        Optional.ofNullable(key)
            .filter(k -> open && !k.isEmpty())
            .flatMap(k -> trials.candidateFor(name, of, k))
            .orElseGet(
                () ->
                    prompts.find(
                        name,
                        of,
                        version,
                        ServedPrompt.CANDIDATE.equals(label)
                            ? ServedPrompt.CANDIDATE
                            : ServedPrompt.PRODUCTION));
    Variant form = request.selectVariant(FORMS);
    boolean json =
        form != null && form.getMediaType().isCompatible(MediaType.APPLICATION_JSON_TYPE);
    EntityTag tag = new EntityTag(Sha256.hex(json + Json.write(prompt)).substring(0, 32));
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder answer =
        unchanged != null
            ? unchanged
            : json
                ? Response.ok(prompt, MediaType.APPLICATION_JSON_TYPE)
                : Response.ok(prompt.prompt(), TEXT);
    return answer
        .tag(tag)
        .header(HttpHeaders.CACHE_CONTROL, FRESH)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }
}
