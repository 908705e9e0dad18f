"""Goes through a store with agentlightning's own client, as its runners and algorithms do.

Arguments: the store's address, with the token in it; the same token with another agent's address.
Prints one JSON object; a store that says anything else than it should ends it with an AssertionError.
"""

import asyncio
import json
import sys

import aiohttp
from agentlightning.store import LightningStoreClient
from agentlightning.types import (
    LLM,
    AttemptedRollout,
    EnqueueRolloutRequest,
    PromptTemplate,
    RolloutConfig,
    Span,
)
from agentlightning.utils.otlp import LightningStoreOTLPExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

TEMPLATE = "Name the mood of {text}. Say {{nothing}} else: é"


async def resources(store: LightningStoreClient) -> str:
    assert await store.get_latest_resources() is None
    given = {
        "prompt_template": PromptTemplate(template=TEMPLATE, engine="f-string"),
        "main_llm": LLM(endpoint="http://127.0.0.1:9/v1", model="m", sampling_parameters={"temperature": 0.5}),
    }
    added = await store.add_resources(given)
    assert added.resources == given and added.version == 1, added
    again = await store.update_resources(added.resources_id, given)
    assert again.version == 2, again
    assert await store.get_resources_by_id(added.resources_id) == again
    assert await store.get_resources_by_id("rs-none") is None
    assert (await store.query_resources(resources_id_contains=added.resources_id[3:])).items == [again]
    return added.resources_id


async def taken(store: LightningStoreClient, resources_id: str) -> AttemptedRollout:
    config = RolloutConfig(max_attempts=2, retry_condition=["failed", "unresponsive"], timeout_seconds=60)
    rollout = await store.enqueue_rollout(
        {"task": "great fun", "n": 1.5}, "val", resources_id=resources_id, config=config, metadata={"k": [1]}
    )
    assert rollout.status == "queuing" and rollout.config == config, rollout
    many = await store.enqueue_many_rollouts([EnqueueRolloutRequest(input=i) for i in range(3)])
    assert [one.resources_id for one in many] == [resources_id] * 3, many
    first = await store.dequeue_rollout("runner-1")
    assert first is not None and first.rollout_id == rollout.rollout_id and first.input == rollout.input, first
    assert first.attempt.worker_id == "runner-1" and first.attempt.sequence_id == 1, first
    worker = await store.get_worker_by_id("runner-1")
    assert worker is not None and worker.status == "busy" and worker.current_rollout_id == first.rollout_id, worker
    rest = await store.dequeue_many_rollouts(limit=10)
    assert [one.input for one in rest] == [0, 1, 2], rest
    assert await store.dequeue_rollout() is None
    return first


async def spans(store: LightningStoreClient, of: AttemptedRollout) -> list[Span]:
    number = await store.get_next_span_sequence_id(of.rollout_id, of.attempt.attempt_id)
    assert number == 1, number
    span = Span.from_attributes(
        attributes={"agentlightning.message.body": "positive", "n": [1, 2], "é": True},
        rollout_id=of.rollout_id,
        attempt_id=of.attempt.attempt_id,
        sequence_id=number,
        name="agentlightning.message",
        start_time=1764400000.25,
    )
    assert await store.add_span(span) == span
    assert await store.add_span(span) is None, "it is there already"
    exporter = LightningStoreOTLPExporter()
    exporter.enable_store_otlp(store.otlp_traces_endpoint(), of.rollout_id, of.attempt.attempt_id)
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with provider.get_tracer("test").start_as_current_span("openai.chat.completion") as one:
        one.set_attributes({"gen_ai.usage.input_tokens": 7, "gen_ai.request.temperature": 0.5, "words": ["a", "b"]})
        one.add_event("said", {"gen_ai.completion": "positive"})
        one.record_exception(ValueError("planted"))
    found = (await store.query_spans(of.rollout_id, "latest")).items
    assert [one.sequence_id for one in found] == [1, 2], found
    assert found[0] == span, found[0]
    sent = found[1]
    assert sent.attributes["gen_ai.usage.input_tokens"] == 7 and sent.attributes["words"] == ["a", "b"], sent
    assert [event.name for event in sent.events] == ["said", "exception"], sent
    assert sent.resource.attributes["agentlightning.rollout_id"] == of.rollout_id, sent
    assert sent.end_time >= sent.start_time > 1_700_000_000, sent
    chosen = await store.query_spans(of.rollout_id, name_contains="chat", filter_logic="or", limit=1)
    assert [one.span_id for one in chosen.items] == [sent.span_id] and chosen.total == 1, chosen
    return list(found)


async def ends(store: LightningStoreClient, first: AttemptedRollout) -> None:
    running = await store.get_rollout_by_id(first.rollout_id)
    assert isinstance(running, AttemptedRollout) and running.status == "running", running
    assert running.attempt.last_heartbeat_time is not None, running
    failed = await store.update_attempt(first.rollout_id, "latest", status="failed")
    assert failed.end_time is not None, failed
    second = await store.dequeue_rollout("runner-2")
    assert second is not None and second.rollout_id == first.rollout_id and second.attempt.sequence_id == 2, second
    assert await store.wait_for_rollouts(rollout_ids=[first.rollout_id], timeout=0.05) == []
    waits = asyncio.create_task(store.wait_for_rollouts(rollout_ids=[first.rollout_id]))
    await asyncio.sleep(0.3)
    await store.update_attempt(first.rollout_id, second.attempt.attempt_id, status="succeeded", metadata={"m": 1})
    assert [one.status for one in await waits] == ["succeeded"]
    attempts = (await store.query_attempts(first.rollout_id)).items
    assert [one.status for one in attempts] == ["failed", "succeeded"], attempts
    assert await store.get_latest_attempt(first.rollout_id) == attempts[-1]
    assert (await store.query_spans(first.rollout_id, "latest")).items == []
    found = await store.query_rollouts(status_in=["succeeded", "preparing"], sort_by="start_time", limit=2, offset=1)
    assert found.total == 4 and len(found.items) == 2, found
    changed = await store.update_rollout(first.rollout_id, metadata=None, mode="test")
    assert changed.metadata is None and changed.mode == "test" and changed.status == "succeeded", changed


async def refusals(store: LightningStoreClient, other: str) -> list[int]:
    """What the server says to what it should not do."""
    said = []
    stranger = LightningStoreClient(other)
    for call in (
        lambda: store.update_rollout("ro-none", status="failed"),
        lambda: store.get_next_span_sequence_id("ro-none", "at-none"),
        lambda: store.query_rollouts(sort_by="nothing"),
        lambda: store.query_rollouts(limit=0),
        lambda: stranger.query_rollouts(),
    ):
        try:
            await call()
        except aiohttp.ClientResponseError as error:
            said.append(error.status)
    await stranger.close()
    return said


async def main() -> None:
    store = LightningStoreClient(sys.argv[1])
    first = await taken(store, await resources(store))
    told = await spans(store, first)
    await ends(store, first)
    told_by_start = await store.start_rollout("begun", worker_id="runner-3")
    assert told_by_start.status == "preparing", told_by_start
    another = await store.start_attempt(told_by_start.rollout_id)
    assert another.attempt.sequence_id == 2, another
    await store.update_worker("runner-3", {"cpu": 0.5})
    workers = (await store.query_workers(sort_by="worker_id")).items
    assert [one.worker_id for one in workers] == ["runner-1", "runner-2", "runner-3"], workers
    statistics = await store.statistics()
    print(
        json.dumps(
            {
                "rollout": first.rollout_id,
                "spans": [one.name for one in told],
                "total_rollouts": statistics["total_rollouts"],
                "refused": await refusals(store, sys.argv[2]),
            }
        )
    )
    await store.close()


asyncio.run(main())
