"""Tells each step of the trainer by the file that it logs to, wherever in a Ray cluster it runs."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

# The trainer's names of what is told, and the short ones by which it is told.
_TOLD = {
    "training/reward": "reward",
    "val/reward": "validation_reward",
    "actor/kl_loss": "kl",
    "actor/pg_loss": "loss",
    "actor/grad_norm": "grad_norm",
    "actor/lr": "learning_rate",
    "actor/entropy": "entropy",
    "response_length/mean": "response_length",
    "training/n_rollouts": "rollouts",
    "timing_s/step": "seconds",
    "perf/max_memory_allocated_gb": "gpu_memory_gb",
}


class Progress:
    """Follows the file until it is closed. Used as a context manager."""

    def __init__(self, file: Path, steps: int, report: Callable[[dict[str, Any]], None], interval: float = 0.5) -> None:
        self.summary: dict[str, float] = {}
        self._file = file
        self._steps = steps
        self._report = report
        self._interval = interval
        self._read = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="progress", daemon=True)

    def __enter__(self) -> Progress:
        self._thread.start()
        return self

    def __exit__(self, *reason: object) -> None:
        self._ended.set()
        self._thread.join()
        self._tell_new()

    def _follow(self) -> None:
        while not self._ended.wait(self._interval):
            self._tell_new()

    def _tell_new(self) -> None:
        if not self._file.exists():
            return
        with open(self._file, "rb") as file:
            file.seek(self._read)
            for line in file:
                if not line.endswith(b"\n"):
                    break  # half written
                self._read += len(line)
                self._tell(json.loads(line))

    def _tell(self, entry: dict[str, Any]) -> None:
        metrics = told(entry["data"])
        if not metrics:
            return
        for name, value in metrics.items():
            self.summary.setdefault(f"{name}_first", value)
            self.summary[f"{name}_last"] = value
        self._report({"type": "step", "step": entry["step"], "of": self._steps, "metrics": metrics})


def told(data: dict[str, Any]) -> dict[str, float]:
    """Of all that a step was measured by, what people are told."""
    return {
        short: float(data[name])
        for name, short in _TOLD.items()
        if isinstance(data.get(name), int | float) and math.isfinite(data[name])
    }
