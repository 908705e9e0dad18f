"""Tells each step of a training, and ends it when that is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from transformers import TrainerCallback

from lightning_bridge.worker import RunFailed

_TOLD = {
    "loss",
    "grad_norm",
    "learning_rate",
    "mean_token_accuracy",
    "rewards/accuracies",
    "rewards/margins",
    "eval_loss",
    "eval_rewards/accuracies",
}


class Diverged(RunFailed):
    """The loss is no number any more."""

    kind = "diverged"


class Progress(TrainerCallback):
    """A callback of the trainer's."""

    def __init__(self, report: Callable[[dict[str, Any]], None], cancellation: Any) -> None:
        self._report = report
        self._cancellation = cancellation

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **kwargs: Any) -> None:
        metrics = {name: float(value) for name, value in (logs or {}).items() if name in _TOLD}
        if not metrics:
            return
        if not math.isfinite(metrics.get("loss", 0.0)):
            raise Diverged(f"the loss of step {state.global_step} is {metrics['loss']}")
        metrics = {name: value for name, value in metrics.items() if math.isfinite(value)}
        self._report({"type": "step", "step": state.global_step, "of": state.max_steps, "metrics": metrics})

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if self._cancellation.requested:
            control.should_save = True
            control.should_training_stop = True

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if state.global_step > 0:
            text = f"Going on from the checkpoint of step {state.global_step}."
            self._report({"type": "note", "level": "info", "text": text})


def summary(history: list[dict[str, Any]]) -> dict[str, float]:
    """First and last values by name, of the trainer's history, which a checkpoint keeps too."""
    names = {"loss": "loss", "eval_loss": "validation_loss", "rewards/accuracies": "accuracy"}
    found: dict[str, float] = {}
    for entry in history:
        for theirs, ours in names.items():
            if theirs in entry:
                found.setdefault(f"{ours}_first", float(entry[theirs]))
                found[f"{ours}_last"] = float(entry[theirs])
    return found
