package dev.lightningbridge.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.capture.recording.CaptureError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.dataset.DatasetError;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.server.ApiError;
import dev.lightningbridge.server.BodyFault;
import dev.lightningbridge.server.Problem;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns what a route throws into a {@link Problem}: 400 where the request is not as the API
 * describes it, 422 where it is and cannot be done all the same.
 */
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
          RunError.NO_SUCH_NIGHT,
          DatasetError.SESSION_UNKNOWN,
          RunError.NO_SUCH_MODEL,
          CampError.OUTPUT_UNKNOWN,
          ApiError.NO_SUCH_DATABASE,
          ApiError.NO_SUCH_BASE_MODEL,
          ApiError.NO_SUCH_REPORT,
          CaptureError.NO_SUCH_AGENT,
          CaptureError.NO_SUCH_PROMPT);
  private static final Set<ErrorCode> CONFLICT =
      Set.of(
          RunError.WRONG_STATE,
          RunError.NOT_FOR_PEOPLE,
          RunError.NOT_WAITING,
          RunError.FINDINGS_NOT_ACCEPTED,
          RunError.RUN_ENDED,
          RunError.STILL_RUNNING,
          RunError.AGENT_BUSY,
          RunError.NIGHT_RUNNING,
          CampError.IN_USE,
          CampError.AGENT_MOVED_ON,
          CampError.LINEAGE_LOCKED,
          CampError.ALREADY_WRITTEN,
          CampError.DUMP_EXISTS,
          CampError.NOTHING_TO_TAKE_BACK,
          ApiError.KEY_REUSED,
          ApiError.SANDBOX_OFF,
          ApiError.TOO_MANY);

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
    // A parameter that is no number comes as "not found", with the reason behind it.
    boolean wrongParameter = e instanceof NotFoundException && e.getCause() != null;
    int status = wrongParameter ? 400 : e.getResponse().getStatus();
    // A body that cannot be read comes as one of these too, with the reason behind it.
    String what =
        e.getCause() instanceof JsonProcessingException json
            ? BodyFault.of(json)
            : wrongParameter ? "a parameter has a wrong value" : String.valueOf(e.getMessage());
    Problem problem = badRequest(status, what, uri.getPath());
    Response.ResponseBuilder answer =
        Response.status(status).type(Problem.MEDIA_TYPE).entity(problem);
    Object allowed = e.getResponse().getHeaders().getFirst("Allow");
    return allowed == null ? answer.build() : answer.header("Allow", allowed).build();
  }

  /** A value that the description of the API does not allow. */
  @ServerExceptionMapper
  public Response invalid(ConstraintViolationException e, @Context UriInfo uri) {
    String what =
        e.getConstraintViolations().stream()
            .map(violation -> lastOf(violation.getPropertyPath()) + " " + violation.getMessage())
            .sorted()
            .limit(5)
            .collect(Collectors.joining("; "));
    return response(badRequest(400, what, uri.getPath()));
  }

  /** A body that is no JSON, or another one than the API describes. */
  @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
  public Response unreadable(JsonProcessingException e, @Context UriInfo uri) {
    return response(badRequest(400, BodyFault.of(e), uri.getPath()));
  }

  /** Without the names of our methods, which come first. */
  private static String lastOf(jakarta.validation.Path path) {
    String name = path.toString();
    int parameter = name.indexOf('.');
    return name.substring(parameter + 1);
  }

  private static Problem badRequest(int status, String what, String where) {
    return Problem.of(
        status, ApiError.BAD_REQUEST, what, where, "The API is described at /q/openapi.");
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
    if (code == ApiError.DATABASE_NOT_ALLOWED || code == ApiError.MODEL_NOT_ALLOWED) {
      return 403;
    }
    if (code == ApiError.BAD_REQUEST) {
      return 400;
    }
    if (code == RunError.ENDPOINT_UNUSABLE) {
      return 422;
    }
    return switch (code.exit()) {
      case USAGE, BAD_INPUT, BUDGET_TOO_SMALL -> 422;
      case ENVIRONMENT_MISSING -> 503;
      default -> code.exit() == ExitCode.CANCELLED ? 409 : 500;
    };
  }

  private static Response response(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }
}
