package dev.lightningbridge.web;

import dev.lightningbridge.server.Problem;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** A person who opens a page that cannot be shown reads why; programs get the problem itself. */
public class HtmlErrors {
  record Failure(Problem problem) implements TemplateInstance {}

  @ServerResponseFilter
  public void show(ContainerRequestContext request, ContainerResponseContext response) {
    String accept = request.getHeaderString(HttpHeaders.ACCEPT);
    boolean read =
        accept != null
            && accept.contains(MediaType.TEXT_HTML)
            && request.getHeaderString("HX-Request") == null;
    if (read && response.getEntity() instanceof Problem problem) {
      response.setEntity(
          new Failure(problem).render(), null, MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
    }
  }
}
