"""Reinforcement learning by agentlightning 1.0: the worker process's Python side of ``optimize --algorithm rl``.

``run`` is called once in a process by the Java worker. It checks the settings, asks the parent for gateway and
controller, has agentlightning's own trainer train, tells every step, and leaves weights that load by themselves.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lightning_bridge.training import GpuMissing, opening_model, require_chat_template, versions

_STEPS = "steps.jsonl"


def run(
    job: dict[str, Any],
    report: Callable[[dict[str, Any]], None],
    ask: Callable[[str], str],
    poll: Callable[[], str],
) -> dict[str, Any]:
    """Trains; goes on from the last whole checkpoint in the work folder.

    job: what ``rl_config.compose`` takes; ``train`` and ``validation``, the tasks' ids; ``mark``, which every process
    of the job has in its environment; ``rayFolder`` for Ray's files. ``ask`` is called once, when
    the settings are found good: the parent starts gateway and controller and answers ``baseUrl``, ``key``, ``agent``
    (its class), ``environment`` (of the agents, by the rollout's input) and, on Kubernetes, ``jobTemplate``. Returns
    ``weights``, ``adapter``, ``metrics`` and ``trainedWith``.
    """
    # Standard output is the line to the parent; what is printed is for the log.
    sys.stdout = sys.stderr
    os.environ["LIGHTNING_BRIDGE_RL_PROCESS"] = job["mark"]
    finished = threading.Event()
    threading.Thread(target=_end_when_told, args=(poll, finished), name="cancellation", daemon=True).start()
    try:
        return _run(job, report, ask)
    finally:
        finished.set()


def _end_when_told(poll: Callable[[], str], finished: threading.Event) -> None:
    """A training cannot be ended cleanly in the middle of a step; it goes on from its last whole checkpoint."""
    while not finished.wait(0.2):
        if poll():
            os._exit(0)


def _run(job: dict[str, Any], report: Callable[[dict[str, Any]], None], ask: Callable[[str], str]) -> dict[str, Any]:
    started = time.monotonic()
    settings, folder = job["settings"], Path(job["workFolder"])
    if settings["cpuTrial"]:
        os.environ["CUDA_VISIBLE_DEVICES"] = ""
    from lightning_bridge import rl_config
    from lightning_bridge.rl_merge import last_checkpoint, merge
    from lightning_bridge.rl_progress import Progress

    _require_model(settings["model"])
    config = rl_config.compose(job)
    if not settings["cpuTrial"]:
        _require_gpus(config)
    rl_config.check(config)
    report({"type": "started", "detail": _versions()})
    services = json.loads(ask(json.dumps({"want": "services"})))
    if "stop" in services:
        return {"stop": services["stop"]}
    rl_config.reach(config, services)
    os.environ["VERL_FILE_LOGGER_PATH"] = str(folder / _STEPS)
    (folder / _STEPS).unlink(missing_ok=True)
    with Progress(folder / _STEPS, settings["steps"], report) as progress:
        _train(config, job)
    report({"type": "note", "level": "info", "text": "merging the last checkpoint into weights"})
    weights, adapter = merge(last_checkpoint(folder / "checkpoints"), folder / "weights")
    return {
        "stop": "finished",
        "weights": str(weights),
        "adapter": str(adapter) if adapter else None,
        "metrics": {
            **progress.summary,
            "tasks": len(job["train"]),
            "seconds": round(time.monotonic() - started, 1),
            "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
        "trainedWith": _versions(),
    }


def _train(config: Any, job: dict[str, Any]) -> None:
    train, validation = _rows(job["train"]), _rows(job["validation"])
    if job["settings"]["cpuTrial"]:
        from lightning_bridge import rl_cpu

        rl_cpu.train(config, train, validation)
    else:
        from lightning_bridge import rl_ray

        rl_ray.train(config, train, validation, job["rayFolder"])


def _rows(tasks: list[str]) -> list[dict[str, Any]]:
    """Tasks as the trainer's rows; texts stay where the agents find them."""
    return [{"task": task} for task in tasks]


def _require_gpus(config: Any) -> None:
    if config.ray_kwargs.ray_init.get("address"):
        return  # they are the cluster's, and Ray counts them
    import torch

    wanted, seen = config.trainer.n_gpus_per_node, torch.cuda.device_count()
    if wanted > seen:
        raise GpuMissing(f"{wanted} GPUs are asked for, PyTorch sees {seen}")


def _require_model(path: str) -> None:
    from transformers import AutoConfig, AutoTokenizer

    with opening_model():
        AutoConfig.from_pretrained(path)
        tokenizer = AutoTokenizer.from_pretrained(path)
    require_chat_template(tokenizer)


def _versions() -> str:
    return versions("agentlightning", "verl", "ray", "transformers", "torch", "jep")
