package dev.lightningbridge.web;

import dev.lightningbridge.runs.report.HtmlText;
import dev.lightningbridge.server.Access;
import io.quarkus.qute.EngineBuilder;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;

/** What every page needs; templates reach it as {@code inject:ui}. */
@ApplicationScoped
@Named("ui")
public class Ui {
  private final Access access;
  private final HttpServerRequest request;

  /**
   * @param request the one that is answered
   */
  Ui(Access access, HttpServerRequest request) {
    this.access = access;
    this.request = request;
  }

  /** What a page's changes prove themselves with. */
  public String csrf() {
    return access.csrfToken(request);
  }

  void escapeEverything(@Observes EngineBuilder engine) {
    engine.addResultMapper(new HtmlText());
  }
}
