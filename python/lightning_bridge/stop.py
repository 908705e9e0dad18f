"""A sticky request to end a run cleanly."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from lightning_bridge.bell import Bell

T = TypeVar("T")

BUDGET_EXHAUSTED = "budget_exhausted"
CANCELLED = "cancelled"


class RunStopped(Exception):
    """Ends the algorithm cleanly: the budget is used up or the run was cancelled."""


class Stop:
    """The reason to stop, once there is one. May be set from any thread; the first reason stays."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bell = Bell()
        self._reason: str | None = None

    @property
    def reason(self) -> str | None:
        return self._reason

    def request(self, reason: str) -> None:
        with self._lock:
            self._reason = self._reason or reason
        self._bell.ring()

    async def watch(self, poll: Callable[[], str], interval: float = 0.1) -> None:
        """Asks for a reason again and again; the asking also shows that this event loop is alive."""
        while True:
            reason = poll()
            if reason:
                self.request(reason)
            await asyncio.sleep(interval)

    async def unless_requested(self, work: Coroutine[Any, Any, T]) -> T:
        """The work's result; cancels the work and raises RunStopped as soon as a stop is asked for."""
        task = asyncio.ensure_future(work)
        rung = self._bell.listen()
        stopped = asyncio.ensure_future(rung.wait())
        try:
            if self._reason is None:
                await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if self._reason is not None:
                raise RunStopped(self._reason)
            return task.result()
        finally:
            for pending in (task, stopped):
                pending.cancel()
            await asyncio.gather(task, stopped, return_exceptions=True)
