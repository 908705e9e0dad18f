"""A stop is sticky and quick."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from lightning_bridge.stop import RunStopped, Stop


def test_work_is_cancelled_as_soon_as_another_thread_asks_for_the_stop() -> None:
    stop = Stop()
    cancelled: list[bool] = []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.append(True)
            raise

    threading.Timer(0.1, stop.request, ["cancelled"]).start()
    begun = time.monotonic()
    with pytest.raises(RunStopped):
        asyncio.run(stop.unless_requested(work()))
    assert cancelled == [True]
    assert time.monotonic() - begun < 5


def test_a_stop_asked_for_before_the_work_is_not_lost() -> None:
    stop = Stop()
    stop.request("cancelled")
    with pytest.raises(RunStopped):
        asyncio.run(stop.unless_requested(asyncio.sleep(60)))


def test_the_first_reason_stays_and_the_works_own_error_comes_through() -> None:
    async def fails() -> None:
        raise KeyError("own")

    stop = Stop()
    with pytest.raises(KeyError):
        asyncio.run(stop.unless_requested(fails()))
    stop.request("budget_exhausted")
    stop.request("cancelled")
    assert stop.reason == "budget_exhausted"


def test_a_polled_reason_becomes_the_stop() -> None:
    async def scene(stop: Stop) -> None:
        answers = iter(["", "", "cancelled"])
        watching = asyncio.ensure_future(stop.watch(lambda: next(answers, ""), interval=0.001))
        with pytest.raises(RunStopped):
            await stop.unless_requested(asyncio.sleep(60))
        watching.cancel()

    stop = Stop()
    asyncio.run(scene(stop))
    assert stop.reason == "cancelled"
