"""Our few settings as the many of agentlightning's RL trainer, composed and checked before anything starts."""

from __future__ import annotations

import importlib.resources
import math
from pathlib import Path
from typing import Any

from lightning_bridge.worker import RunFailed

PROJECT, EXPERIMENT = "lightning-bridge", "rl"

# Where files go, what is trained on what, and who hears of it are not for overrides to say.
_OURS = (
    "agentlightning.agl_base_url",
    "agentlightning.agl_key",
    "agentlightning.local",
    "actor_rollout_ref.model.path",
    "data.seed",
    "data.train_files",
    "data.val_files",
    "trainer.default_local_dir",
    "trainer.experiment_name",
    "trainer.logger",
    "trainer.project_name",
    "trainer.resume_mode",
    "trainer.total_training_steps",
)
_CHECKPOINTS = 10


class SettingsRefused(RunFailed):
    """A setting of the trainer that is unknown, not to be changed, or at odds with another."""

    kind = "settings"


def compose(job: dict[str, Any]) -> Any:
    """The trainer's whole configuration.

    job: ``workFolder``, ``seed``, ``train`` and ``validation`` (lists of tasks) and ``settings`` with ``model``,
    ``batch``, ``rollouts``, ``steps``, ``gpus``, ``nodes``, ``learningRate``, ``beta``, ``loraRank``, ``maxTokens``,
    ``cpuTrial`` and ``overrides`` (names and values as texts, of the trainer alone).
    """
    from hydra import compose as hydra_compose
    from hydra import initialize_config_dir
    from hydra.errors import HydraException
    from omegaconf import OmegaConf

    overrides = job["settings"]["overrides"]
    for name in overrides:
        if any(name.lstrip("+~") == ours or name.lstrip("+~").startswith(ours + ".") for ours in _OURS):
            raise SettingsRefused(f"{name} is set by Lightning Bridge")
    given = [f"{name}={value}" for name, value in overrides.items()]
    folder = str(importlib.resources.files("agentlightning.verl"))
    try:
        with initialize_config_dir(config_dir=folder, version_base=None):
            base = hydra_compose(config_name="config")
            OmegaConf.set_struct(base, False)
            ours = OmegaConf.create(_settings(job))
            _require_known(base, ours)
            # Composed once more for the overrides alone, which Hydra itself parses and refuses.
            composed = hydra_compose(config_name="config", overrides=given)
    except HydraException as error:
        raise SettingsRefused(" ".join(str(error).split())) from error
    config = OmegaConf.merge(base, ours)
    for name in overrides:
        path = name.lstrip("+~")
        OmegaConf.update(config, path, OmegaConf.select(composed, path), force_add=True)
    OmegaConf.resolve(config)
    return config


def check(config: Any) -> None:
    """Has verl itself check the configuration; where it finds fault, its words are passed on."""
    from verl.trainer.ppo.utils import need_critic, need_reference_policy
    from verl.utils.config import validate_config

    try:
        validate_config(config, need_reference_policy(config), need_critic(config))
    except (AssertionError, ValueError) as error:
        raise SettingsRefused(str(error) or "verl refuses the configuration") from error


def reach(config: Any, services: dict[str, Any]) -> None:
    """Tells the trainer where gateway and controller are and what agent runs the rollouts."""
    ours = config.agentlightning
    ours.agl_base_url = services["baseUrl"]
    ours.agl_key = services["key"]
    if services.get("jobTemplate"):
        ours.k8s.job_template_path = services["jobTemplate"]
    else:
        ours.local.agent_class = services["agent"]
        ours.local.env_map = services["environment"]


def _settings(job: dict[str, Any]) -> dict[str, Any]:
    settings, folder = job["settings"], Path(job["workFolder"])
    processes = max(1, settings["gpus"]) * settings["nodes"]
    outputs = settings["batch"] * settings["rollouts"]
    if len(job["train"]) < settings["batch"]:
        raise SettingsRefused(
            f"a batch of {settings['batch']} tasks is more than the {len(job['train'])} tasks there are to train on"
        )
    if outputs % processes:
        raise SettingsRefused(
            f"a step's {outputs} outputs (batch x rollouts) cannot be shared out evenly among {processes} GPUs"
        )
    micro = math.gcd(outputs // processes, 4)
    response = settings["maxTokens"] // 2
    prompt = settings["maxTokens"] - response
    every = max(1, settings["steps"] // _CHECKPOINTS)
    on_gpu = not settings["cpuTrial"]
    return {
        "algorithm": {"adv_estimator": "grpo", "use_kl_in_reward": False},
        "data": {
            "train_batch_size": settings["batch"],
            "max_prompt_length": prompt,
            "max_response_length": response,
            "dataloader_num_workers": 0,
            "seed": job["seed"] % 2**31,
        },
        "actor_rollout_ref": {
            "model": {
                "path": settings["model"],
                "lora_rank": settings["loraRank"],
                "lora_alpha": 2 * settings["loraRank"] or 16,
                "use_remove_padding": False,
                "enable_gradient_checkpointing": on_gpu,
                "override_config": {"attn_implementation": "sdpa"},
            },
            "rollout": {
                # Nothing is served by it in a trial; of vllm verl would ask its version.
                "name": "vllm" if on_gpu else "hf",
                "n": settings["rollouts"],
                "tensor_model_parallel_size": 1,
                "max_model_len": settings["maxTokens"],
                "log_prob_micro_batch_size_per_gpu": micro,
                "agent": {"num_workers": 1},
            },
            "actor": {
                "strategy": "fsdp2",
                "ppo_mini_batch_size": settings["batch"],
                "ppo_micro_batch_size_per_gpu": micro,
                "use_kl_loss": settings["beta"] > 0,
                "kl_loss_coef": settings["beta"],
                "entropy_coeff": 0,
                "use_torch_compile": on_gpu,
                "optim": {"lr": settings["learningRate"]},
                "fsdp_config": {"use_torch_compile": on_gpu},
            },
            "ref": {"strategy": "fsdp2", "log_prob_micro_batch_size_per_gpu": micro},
        },
        "trainer": {
            "n_gpus_per_node": max(1, settings["gpus"]),
            "nnodes": settings["nodes"],
            "val_before_train": bool(job["validation"]),
            "critic_warmup": 0,
            "balance_batch": on_gpu,
            "logger": ["console", "file"],
            "project_name": PROJECT,
            "experiment_name": EXPERIMENT,
            "save_freq": every,
            "test_freq": every if job["validation"] else -1,
            "max_actor_ckpt_to_keep": 2,
            "total_epochs": settings["steps"],
            "total_training_steps": settings["steps"],
            "resume_mode": "auto",
            "default_local_dir": str(folder / "checkpoints"),
        },
        "ray_kwargs": {"ray_init": {"include_dashboard": False}},
        "reward": {"num_workers": 1},
        "agentlightning": {
            "trace_aggregator": {
                "level": "trajectory",
                "trajectory_max_prompt_length": prompt,
                "trajectory_max_response_length": response,
            },
        },
    }


def _require_known(base: Any, ours: Any, prefix: str = "") -> None:
    """Guards against another version of the trainer, in which a setting of ours would have no effect."""
    from omegaconf import DictConfig

    for name in ours:
        path = f"{prefix}{name}"
        if name not in base.keys() and prefix not in _OPEN:  # noqa: SIM118 (mandatory ones are not "in")
            raise SettingsRefused(f"this version of the trainer has no setting {path}")
        if isinstance(ours[name], DictConfig) and prefix + name + "." not in _OPEN:
            _require_known(base[name], ours[name], f"{path}.")


# Groups that the trainer leaves open.
_OPEN = {"ray_kwargs.ray_init.", "actor_rollout_ref.model.override_config."}
