"""Puts the `store` export of Lightning Bridge into an agentlightning 0.3.0 store.

    import asyncio
    from lightning_bridge.store_export import load_store

    store = asyncio.run(load_store("exports/store.jsonl"))

Rollouts, attempts, spans and resources keep the ids and times of the Training Camp database; the public methods of
a LightningStore would give new ones, so all but the spans go into its collections directly.
"""

from __future__ import annotations

import json
from os import PathLike
from typing import Any

from agentlightning.store.collection_based import CollectionBasedLightningStore
from agentlightning.store.memory import InMemoryLightningStore
from agentlightning.types import Attempt, ResourcesUpdate, Rollout, Span


async def load_store(
    path: str | PathLike[str], store: CollectionBasedLightningStore[Any] | None = None
) -> CollectionBasedLightningStore[Any]:
    """Loads `store.jsonl` into the store given, or a new one in memory, and returns it.

    What the store already holds is replaced, so that increments (`--since`) are loaded one after the other.
    Raises pydantic's ValidationError where a line is not in agentlightning's shape.
    """
    store = InMemoryLightningStore() if store is None else store
    spans: list[Span] = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["kind"] == "span":
                spans.append(Span.model_validate(row["value"]))
                continue
            await _add_spans(store, spans)
            await _PUT[row["kind"]](store, row["value"])
    await _add_spans(store, spans)
    return store


async def _add_spans(store: CollectionBasedLightningStore[Any], spans: list[Span]) -> None:
    if spans:
        await store.add_many_spans(spans)
        spans.clear()


async def _put_resources(store: CollectionBasedLightningStore[Any], value: dict[str, Any]) -> None:
    async with store.collections.atomic(mode="w", snapshot=False, labels=["resources"]) as collections:
        await collections.resources.upsert([ResourcesUpdate.model_validate(value)])


async def _put_rollout(store: CollectionBasedLightningStore[Any], value: dict[str, Any]) -> None:
    labels = ["rollouts", "attempts", "spans"]
    async with store.collections.atomic(mode="rw", snapshot=False, labels=labels) as collections:
        earlier = await collections.spans.query(filter={"rollout_id": {"exact": value["rollout_id"]}})
        await collections.spans.delete(list(earlier))
        await collections.rollouts.upsert([Rollout.model_validate(value)])
        await collections.attempts.upsert([Attempt.model_validate(value["attempt"])])


_PUT = {"resources": _put_resources, "rollout": _put_rollout}
