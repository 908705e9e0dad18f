"""Our few settings as TRL's many."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from lightning_bridge.worker import RunFailed

# Where files go and who hears of them is not for overrides to say.
_OURS = {"output_dir", "report_to", "push_to_hub", "seed", "data_seed", "max_steps", "use_cpu"}
_LORA = "lora."
_CHECKPOINTS = 10
_TOLD = 200


class SettingsRefused(RunFailed):
    """A setting of the trainer that is unknown, or not to be changed."""

    kind = "settings"


def arguments(job: dict[str, Any], folder: Path, seed: int) -> dict[str, Any]:
    """The arguments of SFTConfig or DPOConfig.

    job: ``algorithm``, ``validation`` and ``settings`` with ``batch``, ``steps``, ``gpus``, ``learningRate``,
    ``beta``, ``maxTokens`` and ``overrides`` (names and values as texts; ``lora.*`` are the adapter's).
    """
    settings = job["settings"]
    on_gpu = settings["gpus"] > 0
    every = max(1, settings["steps"] // _CHECKPOINTS)
    args: dict[str, Any] = {
        "output_dir": str(folder / "checkpoints"),
        "max_steps": settings["steps"],
        "per_device_train_batch_size": settings["batch"],
        "per_device_eval_batch_size": settings["batch"],
        "learning_rate": settings["learningRate"],
        "max_length": settings["maxTokens"],
        "use_cpu": not on_gpu,
        "bf16": on_gpu and _has_bf16(),
        "fp16": False,
        "gradient_checkpointing": on_gpu,
        "dataloader_pin_memory": on_gpu,
        "logging_steps": max(1, settings["steps"] // _TOLD),
        "logging_nan_inf_filter": False,
        "save_strategy": "steps",
        "save_steps": every,
        "save_total_limit": 2,
        "report_to": "none",
        "disable_tqdm": True,
        "seed": seed,
        "data_seed": seed,
    }
    if job["algorithm"] == "dpo":
        args["beta"] = settings["beta"]
    if job["validation"]:
        args |= {"eval_strategy": "steps", "eval_steps": every, "eval_on_start": True}
    return args | _overrides(job)


def lora(settings: dict[str, Any]) -> Any:
    """The adapter's configuration; None where all weights are trained."""
    if settings["loraRank"] == 0:
        return None
    from peft import LoraConfig

    rank = settings["loraRank"]
    usual = {"r": rank, "lora_alpha": 2 * rank, "target_modules": "all-linear", "task_type": "CAUSAL_LM"}
    given = {
        name.removeprefix(_LORA): _value(value)
        for name, value in settings["overrides"].items()
        if name.startswith(_LORA)
    }
    _require_known(given, LoraConfig, _LORA)
    return LoraConfig(**(usual | given))


def _overrides(job: dict[str, Any]) -> dict[str, Any]:
    from trl import DPOConfig, SFTConfig

    overrides = job["settings"]["overrides"]
    given = {name: _value(value) for name, value in overrides.items() if not name.startswith(_LORA)}
    for name in given:
        if name in _OURS:
            raise SettingsRefused(f"{name} is set by Lightning Bridge")
    _require_known(given, SFTConfig if job["algorithm"] == "sft" else DPOConfig, "")
    return given


def _require_known(given: dict[str, Any], config: Any, prefix: str) -> None:
    known = {field.name for field in dataclasses.fields(config)}
    for name in given:
        if name not in known:
            raise SettingsRefused(f"{config.__name__} has no setting {prefix}{name}")


def _value(text: str) -> Any:
    """A number, truth value or list where it reads as JSON, else the text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _has_bf16() -> bool:
    import torch

    return torch.cuda.is_bf16_supported()
