"""Runs agentlightning's gateway or controller: ``python -m lightning_bridge.rl_service server|controller OVERRIDE...``.

It ends cleanly when standard input ends, which the process that started it holds: so none is left where that one
died. A controller that ends cleanly ends its agents.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
import time

_PATIENCE_SECONDS = 8


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    service = sys.argv.pop(1)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    importlib.import_module(f"agentlightning.{service}.__main__").main()
