package dev.lightningbridge.web;

import dev.lightningbridge.server.Access;
import dev.lightningbridge.server.Logins;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A person gives the token once and gets the cookie for it. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class LoginPages {
  private final Access access;
  private final Logins logins;

  LoginPages(Access access, Logins logins) {
    this.access = access;
    this.logins = logins;
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
  public CompletionStage<Response> login(
      @FormParam("token") @DefaultValue("") String token, @Context UriInfo uri) {
    if (access.opens(token)) {
      return CompletableFuture.completedStage(
          Response.seeOther(URI.create("/"))
              .cookie(cookie(logins.begin(), NewCookie.DEFAULT_MAX_AGE, uri))
              .build());
    }
    Response refusal =
        Response.status(Response.Status.UNAUTHORIZED).entity(new Login(true)).build();
    return CompletableFuture.completedStage(refusal)
        .thenApplyAsync(
            r -> r,
            CompletableFuture.delayedExecutor(access.delay().toMillis(), TimeUnit.MILLISECONDS));
  }

  @POST
  @Path("logout")
  public Response logout(
      @CookieParam(Access.COOKIE) @DefaultValue("") String login, @Context UriInfo uri) {
    logins.end(login);
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
