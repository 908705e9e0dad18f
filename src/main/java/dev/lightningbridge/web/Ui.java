package dev.lightningbridge.web;

import dev.lightningbridge.api.Access;
import dev.lightningbridge.runs.report.HtmlText;
import io.quarkus.qute.EngineBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;

/** What every page needs; templates reach it as {@code inject:ui}. */
@ApplicationScoped
@Named("ui")
public class Ui {
  private final Access access;

  Ui(Access access) {
    this.access = access;
  }

  /** What a page's changes prove themselves with. */
  public String csrf() {
    return access.csrfToken();
  }

  void escapeEverything(@Observes EngineBuilder engine) {
    engine.addResultMapper(new HtmlText());
  }
}
