package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of agentlightning 0.3.0 (types/core.py, types/resources.py, types/tracer.py). Times
 * are seconds since the epoch.
 */
final class LightningRows {
  private LightningRows() {}

  /** {@code AttemptedRollout}: a rollout with its one attempt. */
  record Rollout(
      String rolloutId,
      String input,
      BigDecimal startTime,
      @Nullable BigDecimal endTime,
      @Nullable String mode,
      @Nullable String resourcesId,
      String status,
      RolloutConfig config,
      RolloutMetadata metadata,
      AttemptRow attempt) {}

  /** {@code RolloutConfig}: recorded rollouts are not tried again. */
  record RolloutConfig(int maxAttempts, List<String> retryCondition) {
    static final RolloutConfig ONCE = new RolloutConfig(1, List.of());
  }

  /** What agentlightning has no place for. */
  record RolloutMetadata(
      @Nullable String agentVersionId,
      int agentVersion,
      String lineageId,
      String sessionId,
      int cycle,
      String kind,
      @Nullable String artifactId) {}

  /** {@code Attempt}. */
  record AttemptRow(
      String rolloutId,
      String attemptId,
      int sequenceId,
      BigDecimal startTime,
      @Nullable BigDecimal endTime,
      String status,
      @Nullable String workerId,
      @Nullable BigDecimal lastHeartbeatTime) {}

  /** {@code ResourcesUpdate}. */
  record Resources(
      String resourcesId,
      BigDecimal createTime,
      BigDecimal updateTime,
      int version,
      Map<String, PromptTemplate> resources) {}

  /** {@code PromptTemplate}. */
  record PromptTemplate(String resourceType, String template, String engine) {}

  /** {@code Span}. */
  record SpanRow(
      String rolloutId,
      String attemptId,
      int sequenceId,
      String traceId,
      String spanId,
      @Nullable String parentId,
      String name,
      Status status,
      Map<String, Object> attributes,
      List<Object> events,
      List<Object> links,
      BigDecimal startTime,
      @Nullable BigDecimal endTime,
      SpanContext context,
      @Nullable SpanContext parent,
      OtelResource resource) {}

  /** {@code TraceStatus}. */
  record Status(String statusCode, @Nullable String description) {}

  /** {@code SpanContext}. */
  record SpanContext(
      String traceId, String spanId, boolean isRemote, Map<String, String> traceState) {}

  /** {@code OtelResource}. */
  record OtelResource(Map<String, String> attributes, String schemaUrl) {}

  static Rollout rollout(Attempt a) {
    Long duration = a.durationMs();
    BigDecimal start = seconds(a.startedAt());
    BigDecimal end = duration == null ? null : seconds(a.startedAt() + duration);
    String status = a.kind() == AttemptKind.FAILED ? "failed" : "succeeded";
    String id = rolloutId(a);
    return new Rollout(
        id,
        a.input(),
        start,
        end,
        null,
        a.agentVersionId(),
        status,
        RolloutConfig.ONCE,
        new RolloutMetadata(
            a.agentVersionId(),
            a.agentVersionNumber(),
            a.lineageId(),
            a.sessionId(),
            a.cycle(),
            label(a.kind()),
            a.artifactId()),
        new AttemptRow(id, a.id(), 1, start, end, status, null, end));
  }

  /** The version's prompt as it stands. */
  static Resources resources(AgentVersion version) {
    String prompt = version.systemPrompt();
    return new Resources(
        version.id(),
        seconds(version.createdAt()),
        seconds(version.updatedAt()),
        version.number(),
        Map.of("prompt_template", new PromptTemplate("prompt_template", prompt, engine(prompt))));
  }

  /**
   * The engine that renders the prompt to itself. Training Camp's prompts are no templates; with
   * f-string, as agentlightning's own prompts have it, a brace in one would be an error or worse.
   */
  private static String engine(String prompt) {
    return prompt.indexOf('{') < 0 && prompt.indexOf('}') < 0 ? "f-string" : "jinja";
  }

  /** The database's id, or one made from the attempt's where it has no such row. */
  static String rolloutId(Attempt a) {
    return a.rolloutId() == null ? "rollout-" + a.id() : a.rolloutId();
  }

  static String label(AttemptKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static BigDecimal seconds(long milliseconds) {
    return BigDecimal.valueOf(milliseconds, 3);
  }
}
