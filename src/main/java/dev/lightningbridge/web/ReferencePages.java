package dev.lightningbridge.web;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The REST API as a page to read, which the browser draws from the server's OpenAPI document. */
@Path("/reference")
@Produces(MediaType.TEXT_HTML)
public class ReferencePages {
  record Reference() implements TemplateInstance {}

  @GET
  public TemplateInstance reference() {
    return new Reference();
  }
}
