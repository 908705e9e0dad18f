"""The CPU trial: agentlightning's real training loop and verl's FSDP2 engine in this one process, without a GPU.

What is missing here and there on a GPU host is Ray, which spreads the same loop over processes, and vLLM, in whose
place the model is sampled by transformers. verl 0.8.0 has no engine for CPUs, so a few of its functions are
replaced: for a trial of the way, on a small model. Nothing is learnt in a few steps.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import Any


def train(config: Any, train_rows: list[dict[str, Any]], validation_rows: list[dict[str, Any]]) -> None:
    """Trains to the end of ``trainer.total_training_steps``."""
    _one_process()
    _adapt_verl()
    from agentlightning.verl.dataset import LoadedDataset
    from verl.trainer.main_ppo import create_rl_sampler
    from verl.trainer.ppo.utils import Role
    from verl.utils.dataset.rl_dataset import collate_fn
    from verl.utils.tokenizer import hf_tokenizer

    from lightning_bridge.rl_rollouts import RewardedTrainer

    class Trainer(RewardedTrainer):
        """Its workers are objects here instead of Ray's actors."""

        def init_workers(self) -> None:
            _init_workers(self)

    rows = LoadedDataset(train_rows)
    trainer = Trainer(
        config=config,
        tokenizer=hf_tokenizer(config.actor_rollout_ref.model.path),
        processor=None,
        role_worker_mapping={Role.ActorRollout: object},
        resource_pool_manager=_OneProcess(),
        ray_worker_group_cls=None,
        train_dataset=rows,
        # There must be rows, even where nothing is measured on them.
        val_dataset=LoadedDataset(validation_rows or train_rows[:1]),
        collate_fn=collate_fn,
        train_sampler=create_rl_sampler(config.data, rows),
    )
    trainer.init_workers()
    try:
        trainer.fit()
    finally:
        trainer.checkpoint_manager.server.close()


def _init_workers(trainer: Any) -> None:
    from verl.workers.engine_workers import ActorRolloutRefWorker

    from lightning_bridge.rl_model_server import ModelServer

    config = trainer.config.actor_rollout_ref
    if trainer.use_reference_policy and not trainer.ref_in_actor:
        trainer.ref_policy_wg = ActorRolloutRefWorker(config, role="ref")
        trainer.ref_policy_wg.init_model()
    trainer.actor_rollout_wg = ActorRolloutRefWorker(config, role="actor")
    trainer.actor_rollout_wg.init_model()
    server = ModelServer(config.model.path, trainer.tokenizer, trainer.config.data.max_response_length)
    trainer.llm_server_manager = _Servers(server.address)
    trainer.checkpoint_manager = _Weights(trainer.actor_rollout_wg, server)


class _Servers:
    """Where the model is served, as the trainer asks for it."""

    def __init__(self, address: str) -> None:
        self._address = address

    def get_addresses(self) -> list[str]:
        return [self._address]

    def get_replicas(self) -> list[Any]:
        return [self]

    async def abort_all_requests(self) -> None:
        """Every answer is short here; none is broken off."""

    async def resume_generation(self) -> None:
        """It was never halted."""


class _Weights:
    """Brings new weights to the server after each step."""

    def __init__(self, actor: Any, server: Any) -> None:
        self._actor = actor
        self.server = server

    def sleep_replicas(self) -> None:
        """There is no GPU memory to be freed."""

    def update_weights(self, step: int) -> None:
        from torch.distributed.tensor import DTensor

        weights, _ = self._actor.actor.engine.get_per_tensor_param()
        whole = {
            name: (value.full_tensor() if isinstance(value, DTensor) else value).float() for name, value in weights
        }
        print(f"weights of step {step}: largest change {self.server.update(whole):.3g}", flush=True)


class _OneProcess:
    """Stands where Ray's pools of GPUs do."""

    def get_n_gpus(self) -> int:
        return 1

    def get_resource_pool(self, role: Any) -> None:
        return None


def _one_process() -> None:
    """What torch.distributed asks of the environment; verl's workers ask for the last one."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    os.environ |= {
        "RANK": "0",
        "WORLD_SIZE": "1",
        "LOCAL_RANK": "0",
        "LOCAL_WORLD_SIZE": "1",
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": str(port),
        "RAY_LOCAL_WORLD_SIZE": "1",
    }


def _adapt_verl() -> None:
    """verl 0.8.0 on CPUs."""
    sys.modules["vllm"] = None  # type: ignore[assignment]  # an ImportError for whoever asks
    import torch

    for name in ("empty_cache", "ipc_collect", "reset_peak_memory_stats", "set_per_process_memory_fraction"):
        _lend(torch.cpu, name, lambda *given, **named: None)
    for name in ("memory_allocated", "memory_reserved", "max_memory_allocated", "max_memory_reserved"):
        _lend(torch.cpu, name, lambda *given, **named: 0)
    _lend(torch.cpu, "mem_get_info", lambda *given, **named: (1 << 33, 1 << 33))
    _lend(torch.cpu, "get_device_name", lambda *given, **named: "cpu")

    from torch.distributed.fsdp import OffloadPolicy
    from verl.utils import distributed
    from verl.workers import engine_workers  # noqa: F401 (with it come all modules that are looked through below)
    from verl.workers.engine import EngineRegistry

    from lightning_bridge.rl_padding import padding_without_flash_attention

    padding_without_flash_attention()
    whole = distributed.initialize_global_process_group_ray

    def by_gloo(timeout_second: Any = None, backend: Any = None) -> Any:
        return whole(timeout_second, backend or "gloo")

    # Modules keep functions that they import under their own names.
    for name, module in list(sys.modules.items()):
        if name.startswith("verl."):
            _replace(module, "get_nccl_backend", lambda: "gloo")
            _replace(module, "initialize_global_process_group_ray", by_gloo)
            # The reference model's, whose memory cannot be pinned for a GPU that is not there.
            _replace(module, "CPUOffloadPolicy", lambda **named: OffloadPolicy())
    for backends in EngineRegistry._engines.values():
        for devices in backends.values():
            if "cuda" in devices:
                devices.setdefault("cpu", devices["cuda"])


def _replace(module: Any, name: str, function: Any) -> None:
    if name in vars(module):
        setattr(module, name, function)


def _lend(module: Any, name: str, function: Any) -> None:
    if not hasattr(module, name):
        setattr(module, name, function)

