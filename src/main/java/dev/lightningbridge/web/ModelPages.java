package dev.lightningbridge.web;

import dev.lightningbridge.runs.ending.ModelStore;
import dev.lightningbridge.server.BaseModels;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Models: those that runs have trained, and those that trainings may start from. */
@Path("/models")
@Produces(MediaType.TEXT_HTML)
public class ModelPages {
  private static final int NEWEST = 100;

  private final ModelStore models;
  private final BaseModels bases;

  ModelPages(Workshop workshop, BaseModels bases) {
    this.models = workshop.models();
    this.bases = bases;
  }

  record Models(List<TrainedView> trained, BaseChoice bases) implements TemplateInstance {}

  @GET
  public TemplateInstance all() {
    return new Models(
        models.newest(NEWEST).stream().map(TrainedView::of).toList(), BaseChoice.of(bases));
  }
}
