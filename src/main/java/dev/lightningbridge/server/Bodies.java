package dev.lightningbridge.server;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a request's body in before a worker thread is asked to answer it, so that bodies that never
 * end hold none. Each must be there within its time and size; of those who have not shown a token,
 * only so many are waited for at once, which leaves room for a person who logs in.
 */
@ApplicationScoped
class Bodies {
  /** Behind {@link Access}, which lets no stranger come this far but to log in. */
  private static final int AFTER_ACCESS = StrangerConnections.AFTER_ACCESS - 1;

  private static final long MOST_BYTES = 8L << 20;
  private static final int MOST_FIELDS = 1_000;
  private static final long PATIENCE_MS = 30_000;

  private static final int STRANGERS = 64;
  private static final long STRANGERS_BYTES = 4L << 10;
  private static final long STRANGERS_PATIENCE_MS = 5_000;

  private static final Pattern BOUNDARY =
      Pattern.compile("multipart/.*boundary=\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

  private final AtomicInteger strangersWaited = new AtomicInteger();

  void register(@Observes Filters filters) {
    filters.register(this::take, AFTER_ACCESS);
  }

  private void take(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!hasBody(request)) {
      context.next();
      return;
    }
    boolean stranger = !Access.isKnown(context);
    if (stranger && strangersWaited.incrementAndGet() > STRANGERS) {
      strangersWaited.decrementAndGet();
      refuse(
          context, 503, ApiError.TOO_MANY, "Too many log in at once. Try again in some seconds.");
      return;
    }
    new Waiting(
            context,
            stranger ? STRANGERS_BYTES : MOST_BYTES,
            stranger ? STRANGERS_PATIENCE_MS : PATIENCE_MS,
            stranger ? strangersWaited::decrementAndGet : () -> {})
        .begin();
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return (length != null && !length.strip().equals("0"))
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private static void refuse(RoutingContext context, int status, ApiError code, String remedy) {
    context.response().putHeader(HttpHeaders.CONNECTION, "close");
    Access.refuse(context, status, code, remedy);
  }

  /** A body that comes in, on the event loop. */
  private static final class Waiting {
    private final RoutingContext context;
    private final HttpServerRequest request;
    private final long mostBytes;
    private final long patienceMs;
    private final Runnable after;
    private final Buffer body = Buffer.buffer();
    private boolean ended;

    Waiting(RoutingContext context, long mostBytes, long patienceMs, Runnable after) {
      this.context = context;
      this.request = context.request();
      this.mostBytes = mostBytes;
      this.patienceMs = patienceMs;
      this.after = after;
    }

    void begin() {
      long timer = context.vertx().setTimer(patienceMs, t -> late());
      context.addEndHandler(done -> end());
      request.exceptionHandler(e -> end());
      request.handler(this::add);
      request.endHandler(
          whole -> {
            context.vertx().cancelTimer(timer);
            whole();
          });
      request.resume();
    }

    private void add(Buffer part) {
      if (ended) {
        return;
      }
      if (body.length() + part.length() > mostBytes) {
        refused(413, "A request may have %,d bytes.".formatted(mostBytes));
      } else {
        body.appendBuffer(part);
      }
    }

    private void whole() {
      if (!ended) {
        end();
        if (fields() > MOST_FIELDS) {
          refuse(
              context,
              400,
              ApiError.BAD_REQUEST,
              String.format(Locale.ROOT, "A form may have %,d fields.", MOST_FIELDS));
        } else {
          RoutingContextInternal taken = (RoutingContextInternal) context;
          taken.setBody(body);
          // Vert.x' own handler would wait for it once more.
          taken.visitHandler(RoutingContextInternal.BODY_HANDLER);
          context.next();
        }
      }
    }

    private void late() {
      if (!ended) {
        refused(408, "Send the body within %d seconds.".formatted(patienceMs / 1_000));
      }
    }

    private void refused(int status, String remedy) {
      end();
      refuse(context, status, ApiError.BAD_REQUEST, remedy);
    }

    private void end() {
      if (!ended) {
        ended = true;
        after.run();
      }
    }

    /** Of a form; of any other body none. */
    private int fields() {
      String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
      if (type == null) {
        return 0;
      }
      Matcher parts = BOUNDARY.matcher(type);
      return parts.find()
          ? count("--" + parts.group(1)) - 1
          : type.toLowerCase(Locale.ROOT).contains("form-urlencoded") ? count("&") + 1 : 0;
    }

    private int count(String separator) {
      // A byte is a character there.
      String text = body.toString(StandardCharsets.ISO_8859_1);
      int count = 0;
      for (int at = text.indexOf(separator); at >= 0; count++) {
        at = text.indexOf(separator, at + separator.length());
      }
      return count;
    }
  }
}
