package dev.lightningbridge.web;

import dev.lightningbridge.api.JudgeReport;
import dev.lightningbridge.runs.judging.JudgeResult;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A test of a judge that was asked for since the server's start.
 *
 * @param title the session and its database
 * @param mark the class of its badge
 * @param share outputs judged, in percent of those planned
 * @param judge the id of its page; null until it is done, or where nothing was kept
 */
record JudgeTestView(
    String id,
    String title,
    String state,
    String mark,
    boolean running,
    Moment started,
    int judged,
    int planned,
    String share,
    @Nullable String judge,
    @Nullable String found,
    @Nullable String error) {

  static JudgeTestView of(JudgeReport report) {
    JudgeResult result = report.result();
    String session = result == null ? String.valueOf(report.sessionId()) : result.session();
    double share = report.planned() == 0 ? 0 : 100.0 * report.judged() / report.planned();
    return new JudgeTestView(
        report.id(),
        "%s, %s".formatted(session, report.database().getFileName()),
        words(report.state()),
        mark(report.state()),
        report.state().equals("running"),
        Moment.of(report.startedAt().toEpochMilli()),
        report.judged(),
        report.planned(),
        String.format(Locale.ROOT, "%.1f", share),
        result == null ? null : result.calibrationId(),
        result == null ? null : result.trust().reason(),
        report.error());
  }

  private static String words(String state) {
    return state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1);
  }

  private static String mark(String state) {
    return switch (state) {
      case "done" -> "good";
      case "failed" -> "bad";
      case "running" -> "going";
      default -> "held";
    };
  }
}
