"""The training on GPUs: agentlightning's own ``run_ppo``, spread over processes by Ray, with outputs from vLLM."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import lightning_bridge
from lightning_bridge.worker import RunFailed

# What processes on other machines must know too.
_PASSED_ON = ("VERL_FILE_LOGGER_PATH", "LIGHTNING_BRIDGE_RL_PROCESS", "HF_HUB_OFFLINE", "TOKENIZERS_PARALLELISM")

# Both would tell their makers of their use.
_UNTOLD = {"RAY_USAGE_STATS_ENABLED": "0", "VLLM_NO_USAGE_STATS": "1"}


def train(
    config: Any, train_rows: list[dict[str, Any]], validation_rows: list[dict[str, Any]], folder: str
) -> None:
    """Trains to the end, on this machine or on the Ray cluster that ``ray_kwargs.ray_init.address`` names.

    folder: for Ray's files on this machine. Its path is short, since Ray puts sockets into it.
    """
    os.environ.update(_UNTOLD)
    import ray
    from agentlightning.verl.entrypoint import run_ppo
    from omegaconf import OmegaConf

    if config.ray_kwargs.ray_init.get("address") in (None, "local"):
        own_cluster(folder)
    OmegaConf.update(config, "ray_kwargs.ray_init.runtime_env", runtime_environment(), force_add=True)
    try:
        run_ppo(config, train_rows, validation_rows or train_rows[:1])
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, RunFailed):
            raise error.cause from error
        raise
    finally:
        # Before the interpreter closes, or the JVM around it dies and Ray's processes stay.
        ray.shutdown()


def own_cluster(folder: str) -> None:
    """Settings of a Ray that is this job's own, for when it starts."""
    os.environ["RAY_TMPDIR"] = folder
    # Else it ends what vLLM's server started together with it, and with that who gives shared memory back. Here
    # those processes end by the job's mark.
    os.environ["RAY_kill_child_processes_on_worker_exit"] = "false"


def runtime_environment() -> dict[str, Any]:
    """What Ray gives each of its processes: what verl sets for them, in whose place this would come, and ours."""
    from verl.trainer.constants_ppo import get_ppo_ray_runtime_env

    verls = get_ppo_ray_runtime_env()["env_vars"]
    modules = str(Path(lightning_bridge.__file__).parent.parent)
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {
        "env_vars": {**verls, **passed_on, **_UNTOLD, "PYTHONPATH": modules},
        "worker_process_setup_hook": "lightning_bridge.rl_ray.prepare",
    }


def prepare() -> None:
    """Called by Ray in each of its processes, before anything else."""
    from agentlightning.verl import per_rollout_loss, trainer

    from lightning_bridge.rl_padding import padding_without_flash_attention
    from lightning_bridge.rl_rollouts import RewardedTrainer

    per_rollout_loss.register_in_worker()
    padding_without_flash_attention()
    trainer.AgentLightningRayPPOTrainer = RewardedTrainer
