"""verl 0.8.0 with vLLM's build for CPUs (0.20.2), which know nothing of each other: for scripts/bench/rl-full-stack.

The script puts this module into an environment of its own, each Python process of which loads it first: the trainer's,
Ray's workers, vLLM's engine and what that starts. Modules are changed when they have been imported. Ray is told of one
GPU, which there is not; all else that trains is the code of GPU hosts.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.metadata
import os
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

# For two processors and little memory.
SETTINGS = {
    "OMP_NUM_THREADS": "1",
    "RAY_prestart_worker_first_driver": "0",
    "VLLM_CPU_KVCACHE_SPACE": "1",  # GB
    # Its "nobind" fails, and "auto" keeps one processor free, of which there may be two.
    "VLLM_CPU_OMP_THREADS_BIND": ",".join(map(str, sorted(os.sched_getaffinity(0)))),
}

Change = Callable[[Any], None]
_changes: dict[str, Change] = {}


def when_imported(module: str) -> Callable[[Change], Change]:
    def note(change: Change) -> Change:
        _changes[module] = change
        return change

    return note


@when_imported("verl.utils.device")
def _devices(device: Any) -> None:
    import torch

    for name in ("empty_cache", "ipc_collect", "reset_peak_memory_stats", "set_per_process_memory_fraction"):
        _lend(torch.cpu, name, None)
    for name in ("memory_allocated", "memory_reserved", "max_memory_allocated", "max_memory_reserved"):
        _lend(torch.cpu, name, 0)
    _lend(torch.cpu, "mem_get_info", (8 << 30, 8 << 30))
    _lend(torch.cpu, "get_device_name", "cpu")
    device.get_nccl_backend = lambda: "gloo"
    device.get_resource_name = lambda: "GPU"  # what Ray was told of


@when_imported("verl.utils.distributed")
def _process_groups(distributed: Any) -> None:
    begin = distributed.initialize_global_process_group_ray

    def by_gloo(timeout_second: Any = None, backend: str | None = None) -> Any:
        return begin(timeout_second, backend or "gloo")

    distributed.initialize_global_process_group_ray = by_gloo


@when_imported("verl.workers.engine.fsdp.transformer_impl")
def _engines(implementation: Any) -> None:
    from torch.distributed.fsdp import OffloadPolicy

    # The reference model's memory cannot be pinned for a GPU.
    implementation.CPUOffloadPolicy = lambda **named: OffloadPolicy()
    for backends in implementation.EngineRegistry._engines.values():
        for devices in backends.values():
            if "cuda" in devices:
                devices.setdefault("cpu", devices["cuda"])


@when_imported("verl.workers.rollout.vllm_rollout.utils")
def _weights_from_the_trainer(utils: Any) -> None:
    import torch

    worker = utils.vLLMColocateWorkerExtension
    update = worker.update_weights_from_ipc

    def update_on_cpu(self: Any, *given: Any, **named: Any) -> Any:
        # vLLM's worker for CPUs leaves it unset.
        self.device = self.device or torch.device("cpu")
        return update(self, *given, **named)

    worker.update_weights_from_ipc = update_on_cpu


@when_imported("vllm.model_executor.layers.utils")
def _weights_as_they_came(utils: Any) -> None:
    """vLLM packs weights for the processor once; those of the next step could not be loaded over that."""
    import torch

    def plain(layer: Any, remove_weight: bool) -> None:
        layer.cpu_linear = torch.nn.functional.linear

    utils.dispatch_cpu_unquantized_gemm = plain


@when_imported("vllm.platforms.cpu")
def _name_of_the_device(cpu: Any) -> None:
    cpu.CpuPlatform.get_device_uuid = classmethod(lambda platform, device_id=0: f"CPU-{device_id}")


def _lend(module: Any, name: str, answer: Any) -> None:
    if not hasattr(module, name):
        setattr(module, name, lambda *given, **named: answer)


class _Changer(importlib.abc.MetaPathFinder):
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        change = _changes.get(name)
        spec = importlib.machinery.PathFinder.find_spec(name, path) if change else None
        if change is None or spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def execute_and_change(module: ModuleType) -> None:
            execute(module)
            change(module)

        spec.loader.exec_module = execute_and_change  # type: ignore[method-assign]
        return spec


def _version_of_vllm_too(name: str) -> str:
    """verl asks for the version of ``vllm``; the build for CPUs is a package of another name, which vLLM marks so."""
    return _version("vllm-cpu") + "+cpu" if name == "vllm" else _version(name)


_version, importlib.metadata.version = importlib.metadata.version, _version_of_vllm_too
for variable, setting in SETTINGS.items():
    os.environ.setdefault(variable, setting)
sys.meta_path.insert(0, _Changer())
