package dev.lightningbridge.web;

import dev.lightningbridge.runs.report.HtmlReport;
import io.quarkus.qute.Locate;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The parts of the report's templates that pages show too. */
@Locate(ReportTemplates.PARTS)
public class ReportTemplates implements TemplateLocator {
  static final String PARTS =
      "(side|diff|judge-body|groups|rollouts|findings|test-tiles|effect)\\.html";

  @Override
  public int getPriority() {
    return DEFAULT_PRIORITY;
  }

  @Override
  public Optional<TemplateLocation> locate(String id) {
    return id.matches(PARTS) ? Optional.of(new Part(id)) : Optional.empty();
  }

  private record Part(String id) implements TemplateLocation {
    @Override
    public Reader read() {
      InputStream in = HtmlReport.class.getResourceAsStream(id);
      if (in == null) {
        throw new IllegalStateException("missing from the program: " + id);
      }
      return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Variant> getVariant() {
      return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
    }
  }
}
