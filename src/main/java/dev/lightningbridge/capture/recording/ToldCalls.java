package dev.lightningbridge.capture.recording;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.imports.OtlpSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an OTLP document tells of: calls of models, tools that ran, and scores. A tool's run belongs
 * to the last call of its trace that began before it.
 *
 * @param left what could not be used, and how often
 */
public record ToldCalls(
    List<ToldCall> calls, List<ToldScore> scores, Map<Unrecorded, Integer> left) {
  /** So many times its bytes a document takes in memory, about. */
  private static final int TREE = 4;

  /**
   * Reads it.
   *
   * @param document in OTLP JSON, with {@code resourceSpans}
   * @param bytes of the document, which the calls share
   */
  public static ToldCalls of(CapturedAgent agent, JsonNode document, long bytes) {
    List<OtlpSpan> spans =
        OtlpSpan.in(document).stream().sorted(Comparator.comparingLong(OtlpSpan::startMs)).toList();
    List<ToldCall> calls = new ArrayList<>();
    List<ToldScore> scores = new ArrayList<>();
    Map<Unrecorded, Integer> left = new EnumMap<>(Unrecorded.class);
    for (OtlpSpan span : spans) {
      ToldCall call = null;
      if (span.isCall()) {
        call = new ToldCall(agent, span, new ArrayList<>(), 500 + TREE * bytes / spans.size());
        calls.add(call);
      } else if (span.isTool()) {
        Optional<ToldCall> before = lastOf(span.member("traceId"), calls);
        before.ifPresent(of -> of.tools().add(span));
        if (before.isEmpty()) {
          left.merge(Unrecorded.TOOL_ALONE, 1, Integer::sum);
        }
      }
      OtlpSpan.Given given = span.score();
      if (given != null) {
        String attempt = call == null ? null : call.attemptId();
        ToldScore.of(agent, span.member("traceId"), attempt, call == null, given)
            .ifPresentOrElse(
                scores::add, () -> left.merge(Unrecorded.SCORE_UNUSABLE, 1, Integer::sum));
      }
    }
    return new ToldCalls(List.copyOf(calls), List.copyOf(scores), left);
  }

  private static Optional<ToldCall> lastOf(String trace, List<ToldCall> calls) {
    return calls.reversed().stream()
        .filter(call -> call.span().member("traceId").equals(trace))
        .findFirst();
  }
}
