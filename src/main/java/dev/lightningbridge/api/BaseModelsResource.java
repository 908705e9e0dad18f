package dev.lightningbridge.api;

import dev.lightningbridge.server.BaseModels;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/base-models}. */
@Path("/api/v1/base-models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trained models")
public class BaseModelsResource {
  private final BaseModels models;

  BaseModelsResource(BaseModels models) {
    this.models = models;
  }

  /** A model that a training may start from. */
  @Schema(name = "BaseModel")
  public record BaseModelView(
      @Schema(examples = "9be27d44513f1c0a") String id,
      @Schema(description = "Of its folder.", examples = "qwen") String name,
      @Schema(examples = "/data/models/qwen") String path,
      @Schema(description = "Of its files.") long bytes) {}

  /** The models below the configured folders. */
  public record BaseModelList(
      List<BaseModelView> items,
      @Schema(description = "The folders that were searched.") List<String> folders) {}

  @GET
  @Operation(
      operationId = "listBaseModels",
      summary = "The models in the configured folders, to train from")
  public BaseModelList list() {
    return new BaseModelList(
        models.all().stream()
            .map(m -> new BaseModelView(m.id(), m.name(), m.path().toString(), m.bytes()))
            .toList(),
        models.folders().stream().map(Object::toString).toList());
  }
}
