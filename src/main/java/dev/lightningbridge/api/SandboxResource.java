package dev.lightningbridge.api;

import dev.lightningbridge.server.SandboxSwitch;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/sandbox}: whether the simulated model may be used. */
@Path("/api/v1/sandbox")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Settings")
public class SandboxResource {
  private final SandboxSwitch sandbox;

  SandboxResource(SandboxSwitch sandbox) {
    this.sandbox = sandbox;
  }

  /** How it stands. */
  public record SandboxState(
      boolean on,
      @Schema(description = "Whether the configuration lets it be switched on.") boolean allowed) {}

  /** What it shall be. */
  @Schema(additionalProperties = Schema.False.class, examples = "{\"on\": true}")
  public record SandboxChange(@NotNull Boolean on) {}

  @GET
  @Operation(operationId = "showSandbox", summary = "Whether runs may use the simulated model")
  public SandboxState show() {
    return new SandboxState(sandbox.isOn(), sandbox.isAllowed());
  }

  @PUT
  @Operation(
      operationId = "switchSandbox",
      summary = "Switch the simulated model on or off",
      description = "Runs that were started with it go on.")
  public SandboxState set(@Valid @NotNull SandboxChange change) {
    sandbox.set(change.on());
    return show();
  }
}
