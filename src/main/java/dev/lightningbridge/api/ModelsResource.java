package dev.lightningbridge.api;

import dev.lightningbridge.runs.ending.ModelStore;
import dev.lightningbridge.runs.ending.RegisteredModel;
import dev.lightningbridge.workshop.Workshop;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/models}: what runs have trained. */
@Path("/api/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trained models")
public class ModelsResource {
  private final ModelStore models;

  ModelsResource(Workshop workshop) {
    this.models = workshop.models();
  }

  /** A page of models, the newest first. */
  public record ModelPage(
      List<ModelView> items,
      @Schema(description = "The cursor of the next page; left out on the last one.")
          @Nullable String next) {}

  @GET
  @Operation(operationId = "listModels", summary = "The models that runs have trained")
  public ModelPage list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
      @Parameter(description = "The \"next\" of the page before.")
          @QueryParam("cursor")
          @Size(max = 300)
          @Nullable String cursor) {
    List<RegisteredModel> found = models.page(PageCursor.place(cursor), limit + 1);
    List<RegisteredModel> page = found.subList(0, Math.min(limit, found.size()));
    return new ModelPage(
        page.stream().map(ModelView::line).toList(),
        found.size() > limit
            ? PageCursor.of(page.getLast().createdAt(), page.getLast().id())
            : null);
  }

  @GET
  @Path("{model}")
  @Operation(
      operationId = "showModel",
      summary = "A trained model by name or id, with the tasks that it saw and did not see")
  public ModelView show(@PathParam("model") String model) {
    return ModelView.whole(models.get(model));
  }
}
