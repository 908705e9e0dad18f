package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.WholeFile;
import io.quarkus.qute.RawString;
import io.quarkus.qute.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Writes a run as one HTML file that needs nothing else: no network, no script. What a database or
 * a model said is shown as text only. Thread-safe.
 */
public final class HtmlReport {
  private final Template page;
  private final String css;

  public HtmlReport() {
    HtmlEngine engine = new HtmlEngine(HtmlReport.class);
    engine.template("side.html");
    engine.template("diff.html");
    this.page = engine.template("report.html");
    this.css = engine.resource("report.css");
  }

  /**
   * Writes the report; the file appears when it is complete.
   *
   * @throws IOException where the file cannot be written
   */
  public void write(Path file, ReportData data) throws IOException {
    byte[] html = render(data).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(file, out -> out.write(html));
  }

  /** The report's HTML text. */
  public String render(ReportData data) {
    return page.data("css", new RawString(css))
        .data("cssHash", sha256(css))
        .data("page", ReportPage.of(data))
        .data("data", data)
        .render();
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
