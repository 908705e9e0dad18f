"""One of agentlightning's own runners for an agent, at the store that the environment names."""

import os
from typing import Any

import agentlightning as agl


def run(agent: agl.LitAgent[Any]) -> None:
    store = agl.LightningStoreClient(os.environ["LIGHTNING_BRIDGE_STORE"])
    os.environ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = store.otlp_traces_endpoint()
    tracer = agl.OtelTracer()
    agl.Trainer(
        store=store,
        tracer=tracer,
        runner=agl.LitAgentRunner(tracer=tracer, poll_interval=0.2, interval_jitter=0.1),
        strategy={"type": "cs", "role": "runner", "managed_store": False, "n_runners": 1},
    ).fit(agent)
