package dev.lightningbridge.grading;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.ControlText;
import dev.lightningbridge.common.JsonService;
import dev.lightningbridge.grading.GradingException.Kind;
import dev.lightningbridge.model.ModelException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A grader that is a service. */
final class AskedService implements Asked {
  private final ExternalGrader.Http grader;
  private final JsonService service;
  private final Cancellation cancellation;

  AskedService(ExternalGrader.Http grader, Cancellation cancellation) {
    this.grader = grader;
    this.service =
        new JsonService(
            JsonService.address(grader.url()).orElseThrow(),
            Duration.ofSeconds(grader.timeoutSeconds()),
            MOST_BYTES);
    this.cancellation = cancellation;
  }

  @Override
  public String answer(String question)
      throws GradingException, ModelException, InterruptedException {
    try {
      JsonService.Reply reply = service.post(question, cancellation);
      if (reply.tooLong()) {
        throw failed(Kind.GRADER_BAD_ANSWER, "answered more than %,d bytes".formatted(MOST_BYTES));
      }
      if (!reply.isGood()) {
        String said = Excerpt.of(ControlText.onOneLine(reply.text().strip()));
        throw failed(Kind.GRADER_FAILED, "answered %d: %s".formatted(reply.status(), said));
      }
      return reply.text();
    } catch (IOException e) {
      throw failed(Kind.GRADER_UNREACHABLE, "could not be reached" + why(e.getMessage()));
    } catch (TimeoutException e) {
      throw failed(
          Kind.GRADER_TIMED_OUT, "did not answer within %d s".formatted(grader.timeoutSeconds()));
    } catch (CancellationException e) {
      throw new ModelException(ModelException.Kind.CANCELLED, "Cancelled");
    }
  }

  private static String why(@Nullable String message) {
    return message == null ? "" : ": " + ControlText.onOneLine(message);
  }

  private GradingException failed(Kind kind, String what) {
    return new GradingException(kind, "the grader %s %s".formatted(grader.name(), what));
  }
}
