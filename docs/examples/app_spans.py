"""An application that OpenTelemetry watches: its spans are sent on as well, and its calls go where they always went.

    pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http
    export OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:8090/capture/support
    export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer $(cat .lightning-bridge/capture/support.token)"
    python docs/examples/app_spans.py "Where is my parcel?"

An instrumentation of OpenTelemetry or OpenLLMetry writes the attributes that stand here by hand: with one, only the two
variables are new. It must be told to record what is said (OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=span_only
and OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental, or TRACELOOP_TRACE_CONTENT=true).
"""

import json
import sys

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

PROMPT = "Answer mails kindly."

provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
trace.set_tracer_provider(provider)
tracer = trace.get_tracer("app")


def model(prompt: str, mail: str) -> str:
    """In the place of any model."""
    return f"Thank you for your mail: {mail}"


def said(role: str, text: str) -> str:
    return json.dumps([{"role": role, "parts": [{"type": "text", "content": text}]}])


def answer(mail: str) -> str:
    with tracer.start_as_current_span("answer a mail"), tracer.start_as_current_span("chat") as span:
        text = model(PROMPT, mail)
        span.set_attributes(
            {
                "gen_ai.operation.name": "chat",
                "gen_ai.request.model": "any",
                "gen_ai.system_instructions": json.dumps([{"type": "text", "content": PROMPT}]),
                "gen_ai.input.messages": said("user", mail),
                "gen_ai.output.messages": said("assistant", text),
            }
        )
    return text


if __name__ == "__main__":
    print(answer(sys.argv[1]))
    provider.shutdown()  # sends what waits
