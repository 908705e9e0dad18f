"""Wakes coroutines across threads."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress


class Bell:
    """Wakes every coroutine that listens, in whichever thread's event loop it waits.

    Listen first, look at the state second, wait third: then no ring is missed.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def listen(self) -> asyncio.Event:
        """An event that the next ring sets."""
        event = asyncio.Event()
        with self._lock:
            self._listeners.append((asyncio.get_running_loop(), event))
        return event

    def ring(self) -> None:
        with self._lock:
            listeners, self._listeners = self._listeners, []
        for loop, event in listeners:
            with suppress(RuntimeError):  # its loop has ended: nobody waits there any more
                loop.call_soon_threadsafe(event.set)
