package dev.lightningbridge.server;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What all requests of OpenTelemetry's exporters have in common (OTLP over HTTP,
 * https://opentelemetry.io/docs/specs/otlp): their form, how many are read at a time, and what they
 * are answered where they cannot be read.
 */
public final class OtlpDoor {
  private static final System.Logger LOG = System.getLogger(OtlpDoor.class.getName());
  private static final int AT_ONCE = 2;

  private final Vertx vertx;

  /** A document takes many times its bytes while it is read. */
  private final Semaphore places = new Semaphore(AT_ONCE);

  public OtlpDoor(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Reads a request's body. */
  public interface Reader {
    /**
     * Gives the answer to it.
     *
     * @param encoding as the header says
     * @throws IOException where it cannot be read as what it says it is
     */
    Answer read(SpanBody form, byte[] body, @Nullable String encoding) throws IOException;
  }

  /** An answer in the form of its request. */
  public record Answer(int status, Buffer body) {}

  /**
   * Answers the request.
   *
   * @param whose it is, for the log
   */
  public void take(RoutingContext context, String whose, Reader reader) {
    SpanBody form = form(context);
    if (form == null) {
      return;
    }
    Buffer body = context.body().buffer();
    byte[] sent = body == null ? new byte[0] : body.getBytes();
    String encoding = context.request().getHeader("Content-Encoding");
    BesideLoop.run(
        vertx,
        () -> read(whose, form, sent, encoding, reader),
        answer -> form.send(context, answer.status(), answer.body()));
  }

  /** Answers a request as if it had been taken, without reading it. */
  public static void drop(RoutingContext context) {
    SpanBody form = form(context);
    if (form != null) {
      form.send(context, 200, form.answer(0, ""));
    }
  }

  /** The form of its body; null where it is none of OTLP's, and the request is answered. */
  private static @Nullable SpanBody form(RoutingContext context) {
    SpanBody form = SpanBody.of(context.request().getHeader("Content-Type"));
    if (form == null) {
      SpanBody json = new SpanBody(true);
      json.send(context, 415, json.error("Send application/x-protobuf or application/json."));
    }
    return form;
  }

  private Answer read(
      String whose, SpanBody form, byte[] body, @Nullable String encoding, Reader reader) {
    places.acquireUninterruptibly();
    try {
      return reader.read(form, body, encoding);
    } catch (IOException e) {
      return new Answer(400, form.error(SpanBody.why(e)));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(System.Logger.Level.WARNING, whose + ": what came could not be read", e);
      return new Answer(400, form.error("it could not be read; the server's log says why"));
    } finally {
      places.release();
    }
  }
}
