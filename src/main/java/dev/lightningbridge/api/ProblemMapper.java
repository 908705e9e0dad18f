package dev.lightningbridge.api;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.runs.RunError;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what a route throws into a {@link Problem}. */
public class ProblemMapper {
  private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());
  private static final Set<ErrorCode> NOT_FOUND =
      Set.of(
          RunError.NO_SUCH_RUN,
          RunError.NO_SUCH_SESSION,
          RunError.NO_SUCH_LINEAGE,
          RunError.NO_SUCH_PROPOSAL,
          RunError.NO_SUCH_PROMOTION,
          RunError.NO_SUCH_SCHEDULE,
          RunError.NO_SUCH_NIGHT);
  private static final Set<ErrorCode> CONFLICT =
      Set.of(
          RunError.WRONG_STATE,
          RunError.RUN_ENDED,
          RunError.STILL_RUNNING,
          RunError.AGENT_BUSY,
          RunError.NIGHT_RUNNING);

  @ServerExceptionMapper
  public Response known(BridgeException e) {
    int status = status(e.code());
    if (status >= 500) {
      LOG.log(System.Logger.Level.ERROR, e.code().id(), e);
    }
    return response(Problem.of(status, e.code(), e.what(), e.where(), e.remedy()));
  }

  @ServerExceptionMapper
  public Response ofTheFramework(WebApplicationException e, @Context UriInfo uri) {
    int status = e.getResponse().getStatus();
    return response(
        Problem.of(
            status,
            ApiError.BAD_REQUEST,
            String.valueOf(e.getMessage()),
            uri.getPath(),
            "The API is described at /q/openapi."));
  }

  @ServerExceptionMapper
  public Response unexpected(RuntimeException e, @Context UriInfo uri) {
    LOG.log(System.Logger.Level.ERROR, uri.getPath(), e);
    return response(
        Problem.of(
            500,
            ApiError.UNEXPECTED,
            "an unexpected error; the server's log has its trace",
            uri.getPath(),
            "Please report it with the trace."));
  }

  private static int status(ErrorCode code) {
    if (NOT_FOUND.contains(code)) {
      return 404;
    }
    if (CONFLICT.contains(code)) {
      return 409;
    }
    if (code == ApiError.DATABASE_NOT_ALLOWED) {
      return 403;
    }
    return switch (code.exit()) {
      case USAGE, BAD_INPUT, BUDGET_TOO_SMALL -> 400;
      case ENVIRONMENT_MISSING -> 503;
      default -> code.exit() == ExitCode.CANCELLED ? 409 : 500;
    };
  }

  private static Response response(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }
}
