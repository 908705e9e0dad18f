package dev.lightningbridge.server;

import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.ending.RunTraces;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Locale;

/**
 * Runs as OpenTelemetry's traces: a span for each run, and in it one for each model call that was
 * sent, named as the conventions for generative AI name them. No prompt and no answer is in them.
 */
final class SpansOfRuns implements RunTraces {
  private static final AttributeKey<String> RUN = AttributeKey.stringKey("lightning_bridge.run");
  private static final AttributeKey<String> ENGINE =
      AttributeKey.stringKey("lightning_bridge.engine");
  private static final AttributeKey<String> SESSION =
      AttributeKey.stringKey("lightning_bridge.session");
  private static final AttributeKey<String> LINEAGE =
      AttributeKey.stringKey("lightning_bridge.lineage");
  private static final AttributeKey<String> AGENT =
      AttributeKey.stringKey("lightning_bridge.agent_version");
  private static final AttributeKey<Boolean> SANDBOX =
      AttributeKey.booleanKey("lightning_bridge.sandbox");
  private static final AttributeKey<String> STATE =
      AttributeKey.stringKey("lightning_bridge.state");
  private static final AttributeKey<String> ROLE = AttributeKey.stringKey("lightning_bridge.role");
  private static final AttributeKey<Double> USD = AttributeKey.doubleKey("lightning_bridge.usd");
  private static final AttributeKey<Long> SENT =
      AttributeKey.longKey("lightning_bridge.times_sent");
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
  private static final AttributeKey<Long> PROMPT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.input_tokens");
  private static final AttributeKey<Long> ANSWER_TOKENS =
      AttributeKey.longKey("gen_ai.usage.output_tokens");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private final Tracer tracer;

  SpansOfRuns(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("dev.lightningbridge.runs");
  }

  @Override
  public Trace begun(Run run) {
    return new RunSpan(
        tracer
            .spanBuilder("run")
            .setNoParent()
            .setAttribute(RUN, run.id())
            .setAttribute(ENGINE, run.engine())
            .setAttribute(SESSION, run.sessionId())
            .setAttribute(LINEAGE, run.lineageId())
            .setAttribute(AGENT, run.agentVersionId())
            .setAttribute(SANDBOX, run.sandbox())
            .startSpan());
  }

  private final class RunSpan implements Trace {
    private final Span span;
    private final Context context;

    RunSpan(Span span) {
      this.span = span;
      this.context = Context.root().with(span);
    }

    @Override
    public void finished(FinishedCall call) {
      if (call.replayed() || call.spend().calls() == 0 || !span.isRecording()) {
        return;
      }
      Instant end = Instant.now();
      Spend spend = call.spend();
      Span made =
          tracer
              .spanBuilder("chat " + call.model())
              .setParent(context)
              .setSpanKind(SpanKind.CLIENT)
              .setStartTimestamp(end.minusMillis(call.ms()))
              .setAttribute(OPERATION, "chat")
              .setAttribute(MODEL, call.model())
              .setAttribute(PROMPT_TOKENS, spend.promptTokens())
              .setAttribute(ANSWER_TOKENS, spend.completionTokens())
              .setAttribute(ROLE, call.role().name().toLowerCase(Locale.ROOT))
              .setAttribute(SENT, spend.calls())
              .setAttribute(USD, spend.usd())
              .startSpan();
      ModelException.Kind failure = call.failure();
      if (failure != null) {
        made.setAttribute(ERROR, failure.name().toLowerCase(Locale.ROOT));
        made.setStatus(StatusCode.ERROR);
      }
      made.end(end);
    }

    @Override
    public void ended(RunState state) {
      span.setAttribute(STATE, state.text());
      span.end();
    }

    @Override
    public void failed(String code) {
      span.setAttribute(STATE, RunState.FAILED.text());
      span.setAttribute(ERROR, code);
      span.setStatus(StatusCode.ERROR);
      span.end();
    }
  }
}
