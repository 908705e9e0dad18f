package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes a run, or a judge's calibration, as one HTML file that needs nothing else: no network, no
 * script. What a database or a model said is shown as text only. Thread-safe.
 */
public final class HtmlReport {
  private final HtmlEngine engine =
      new HtmlEngine(
          "page.html",
          "side.html",
          "diff.html",
          "groups.html",
          "rollouts.html",
          "findings.html",
          "test-tiles.html",
          "effect.html",
          "report.html",
          "judge-body.html",
          "judge.html");

  /**
   * Writes the report; the file appears when it is complete.
   *
   * @throws IOException where the file cannot be written
   */
  public void write(Path file, ReportData data) throws IOException {
    write(file, render(data));
  }

  /**
   * Writes the judge's report; the file appears when it is complete.
   *
   * @throws IOException where the file cannot be written
   */
  public void write(Path file, JudgeData data) throws IOException {
    write(file, render(data));
  }

  /** The report's HTML text. */
  public String render(ReportData data) {
    ReportPage page = ReportPage.of(data);
    return engine.render("report.html", page.title(), page, data);
  }

  /** The judge's report's HTML text. */
  public String render(JudgeData data) {
    return engine.render("judge.html", "Judge of " + data.sessionName(), JudgePage.of(data), data);
  }

  private static void write(Path file, String html) throws IOException {
    WholeFile.write(file, out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }
}
