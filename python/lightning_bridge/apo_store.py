"""A LightningStore whose waiting really waits."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import Any

from agentlightning.store.memory import InMemoryLightningStore
from agentlightning.store.threading import LightningStoreThreaded
from agentlightning.types import Attempt, AttemptedRollout, Rollout

from lightning_bridge.bell import Bell


class WaitingStore(LightningStoreThreaded):
    """The in-memory store for threads, waiting for rollouts instead of being polled for them.

    agentlightning's APO asks with a timeout of zero and sleeps 2 s between two askings, its runners
    look for work every 5 s. Use it with ``managed_store=False``: it has its own lock, which it does not
    hold while it waits.
    """

    def __init__(self, dequeue_wait: float = 0.5) -> None:
        super().__init__(InMemoryLightningStore(thread_safe=True))
        self._dequeue_wait = dequeue_wait
        self._queued = Bell()
        self._updated = Bell()
        self._closed = threading.Event()

    def close(self) -> None:
        """Lets runners go at once that wait for work."""
        self._closed.set()
        self._queued.ring()

    async def enqueue_rollout(self, *args: Any, **kwargs: Any) -> Rollout:
        rollout = await super().enqueue_rollout(*args, **kwargs)
        self._queued.ring()
        return rollout

    async def enqueue_many_rollouts(self, rollouts: Sequence[Any]) -> Sequence[Rollout]:
        queued = await super().enqueue_many_rollouts(rollouts)
        self._queued.ring()
        return queued

    async def dequeue_rollout(self, worker_id: str | None = None) -> AttemptedRollout | None:
        """The next rollout, waiting a while for one."""
        while True:
            queued = self._queued.listen()
            rollout = await super().dequeue_rollout(worker_id=worker_id)
            if rollout is not None or self._closed.is_set():
                return rollout
            try:
                await asyncio.wait_for(queued.wait(), self._dequeue_wait)
            except asyncio.TimeoutError:
                return None

    async def update_attempt(self, *args: Any, **kwargs: Any) -> Attempt:
        attempt = await super().update_attempt(*args, **kwargs)
        self._updated.ring()
        return attempt

    async def wait_for_rollouts(self, *, rollout_ids: list[str], timeout: float | None = None) -> list[Rollout]:
        """All the rollouts, finished, in the order asked for.

        A timeout of zero waits like none; a positive one gives what has finished by then.
        """
        deadline = asyncio.get_running_loop().time() + timeout if timeout else None
        while True:
            updated = self._updated.listen()
            finished = await super().wait_for_rollouts(rollout_ids=rollout_ids, timeout=0)
            if len(finished) >= len(rollout_ids):
                return finished
            left = None if deadline is None else deadline - asyncio.get_running_loop().time()
            if left is not None and left <= 0:
                return finished
            try:
                await asyncio.wait_for(updated.wait(), left)
            except asyncio.TimeoutError:
                return finished
