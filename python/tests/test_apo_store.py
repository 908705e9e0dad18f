"""The store waits for rollouts, and for work."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import pytest

pytest.importorskip("agentlightning", reason="needs the APO environment: run scripts/setup")

from lightning_bridge.apo_store import WaitingStore  # noqa: E402


async def finish(store: WaitingStore, rollout: Any) -> None:
    await store.update_attempt(rollout.rollout_id, rollout.attempt.attempt_id, status="succeeded")


async def enqueued(store: WaitingStore, count: int) -> list[str]:
    return [(await store.enqueue_rollout(input={"n": n})).rollout_id for n in range(count)]


def test_waiting_with_a_timeout_of_zero_waits_for_all_and_keeps_the_order() -> None:
    async def scene() -> None:
        store = WaitingStore()
        ids = await enqueued(store, 3)
        waiting = asyncio.ensure_future(store.wait_for_rollouts(rollout_ids=ids, timeout=0.0))
        taken = [await store.dequeue_rollout() for _ in ids]
        for rollout in reversed(taken):
            await asyncio.sleep(0.02)
            assert not waiting.done()
            await finish(store, rollout)
        finished = await asyncio.wait_for(waiting, 1)
        assert [rollout.rollout_id for rollout in finished] == ids

    asyncio.run(scene())


def test_waiting_is_woken_by_a_runner_in_another_thread_at_once() -> None:
    store = WaitingStore()
    finished_at: list[float] = []

    def runner() -> None:
        async def one() -> None:
            rollout = await store.dequeue_rollout()
            await asyncio.sleep(0.1)
            finished_at.append(time.monotonic())
            await finish(store, rollout)

        asyncio.run(one())

    async def scene() -> float:
        ids = await enqueued(store, 1)
        thread = threading.Thread(target=runner)
        thread.start()
        await store.wait_for_rollouts(rollout_ids=ids, timeout=0.0)
        woken = time.monotonic()
        thread.join()
        return woken

    assert asyncio.run(scene()) - finished_at[0] < 0.5


def test_a_positive_timeout_gives_what_has_finished() -> None:
    async def scene() -> None:
        store = WaitingStore()
        ids = await enqueued(store, 2)
        first = await store.dequeue_rollout()
        await finish(store, first)
        finished = await store.wait_for_rollouts(rollout_ids=ids, timeout=0.05)
        assert [rollout.rollout_id for rollout in finished] == [first.rollout_id]

    asyncio.run(scene())


def test_a_runner_gets_work_that_comes_while_it_waits() -> None:
    async def scene() -> None:
        store = WaitingStore(dequeue_wait=5)
        waiting = asyncio.ensure_future(store.dequeue_rollout())
        await asyncio.sleep(0.02)
        ids = await enqueued(store, 1)
        rollout = await asyncio.wait_for(waiting, 1)
        assert rollout is not None and rollout.rollout_id == ids[0]

    asyncio.run(scene())


def test_a_closed_store_lets_runners_go() -> None:
    async def scene() -> None:
        store = WaitingStore(dequeue_wait=60)
        waiting = asyncio.ensure_future(store.dequeue_rollout())
        await asyncio.sleep(0.02)
        store.close()
        assert await asyncio.wait_for(waiting, 1) is None

    asyncio.run(scene())


def test_many_threads_finish_every_rollout_once() -> None:
    store = WaitingStore()
    seen: list[int] = []

    def runner() -> None:
        async def work() -> None:
            while (rollout := await store.dequeue_rollout()) is not None:
                seen.append(rollout.input["n"])
                await finish(store, rollout)

        asyncio.run(work())

    async def scene() -> int:
        threads = [threading.Thread(target=runner) for _ in range(4)]
        for thread in threads:
            thread.start()
        finished = await store.wait_for_rollouts(rollout_ids=await enqueued(store, 50), timeout=0.0)
        store.close()
        for thread in threads:
            thread.join()
        return len(finished)

    assert asyncio.run(scene()) == 50
    assert sorted(seen) == list(range(50))
