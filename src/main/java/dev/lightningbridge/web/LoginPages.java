package dev.lightningbridge.web;

import dev.lightningbridge.api.Access;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/** A person gives the token once and gets the cookie for it. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class LoginPages {
  private final Access access;

  LoginPages(Access access) {
    this.access = access;
  }

  record Login(boolean wrong) implements TemplateInstance {}

  @GET
  @Path("login")
  public TemplateInstance login() {
    return new Login(false);
  }

  @POST
  @Path("login")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response login(@FormParam("token") @DefaultValue("") String token, @Context UriInfo uri) {
    return access.opens(token)
        ? Response.seeOther(URI.create("/"))
            .cookie(cookie(access.cookie(), NewCookie.DEFAULT_MAX_AGE, uri))
            .build()
        : Response.status(Response.Status.UNAUTHORIZED)
            .entity(new Login(true))
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .build();
  }

  @POST
  @Path("logout")
  public Response logout(@Context UriInfo uri) {
    return Response.noContent().cookie(cookie("", 0, uri)).header("HX-Redirect", "/login").build();
  }

  private static NewCookie cookie(String value, int maxAge, UriInfo uri) {
    return new NewCookie.Builder(Access.COOKIE)
        .value(value)
        .path("/")
        .maxAge(maxAge)
        .httpOnly(true)
        .secure("https".equals(uri.getRequestUri().getScheme()))
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }
}
