"""Serves models by transformers' own OpenAI-compatible server, for as long as the parent process lives."""

from __future__ import annotations

import os
import sys
import threading


def serve(port: int, device: str) -> None:
    """Listens on loopback; a model's name is a folder in the working directory. Does not return."""
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    from transformers.cli.serve import Serve

    Serve(host="127.0.0.1", port=port, device=device, log_level="error", model_timeout=86_400)


def _end_with_parent() -> None:
    """Standard input is the parent's: it ends when the parent does."""
    sys.stdin.buffer.read()
    os._exit(3)
