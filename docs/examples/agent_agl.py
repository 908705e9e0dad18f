"""An agent of agentlightning with OpenAI's SDK, and runners for it. The agent knows nothing of Lightning Bridge.

    pip install agentlightning==0.3.0 openai
    LIGHTNING_BRIDGE_STORE=http://bridge:TOKEN@127.0.0.1:8090/agl/support python docs/examples/agent_agl.py
    scripts/bridge optimize … --agent agl:support

Runners ask the store for work until they are ended. RUNNERS says how many there are (4).
"""

import os
from typing import Any

import agentlightning as agl
from openai import OpenAI


@agl.rollout
def support(task: dict[str, Any], prompt_template: agl.PromptTemplate, llm: agl.LLM) -> None:
    client = OpenAI(base_url=llm.endpoint, api_key=llm.api_key)
    answer = client.chat.completions.create(
        model=llm.model,
        messages=[
            {"role": "system", "content": prompt_template.format(**task)},
            {"role": "user", "content": task["input"]},
        ],
    )
    agl.emit_message(answer.choices[0].message.content or "")


if __name__ == "__main__":
    runners = int(os.environ.get("RUNNERS", "4"))
    store = agl.LightningStoreClient(os.environ["LIGHTNING_BRIDGE_STORE"])
    # agentlightning 0.3.0 tells the exporter where the store is when newer exporters ask no more.
    os.environ.setdefault("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", store.otlp_traces_endpoint())
    tracer = agl.OtelTracer()
    agl.Trainer(
        store=store,
        tracer=tracer,
        runner=agl.LitAgentRunner(tracer=tracer, poll_interval=0.5),
        strategy={"type": "cs", "role": "runner", "managed_store": False, "n_runners": runners},
    ).fit(support)
