"""What Ray is told of a training. No Ray is started here; scripts/bench/rl-full-stack does that."""

import pytest

pytest.importorskip("verl", reason="the environment of reinforcement learning is not installed here")

from lightning_bridge import rl_ray  # noqa: E402 (after the check that it can be imported)


def test_rays_processes_get_what_verl_sets_for_them_and_the_mark_of_the_job(monkeypatch):
    from verl.trainer.constants_ppo import get_ppo_ray_runtime_env

    monkeypatch.setenv("LIGHTNING_BRIDGE_RL_PROCESS", "mark")
    verls = get_ppo_ray_runtime_env()["env_vars"]

    given = rl_ray.runtime_environment()["env_vars"]

    assert verls, "else nothing is shown"
    assert given.items() >= verls.items()
    assert given["LIGHTNING_BRIDGE_RL_PROCESS"] == "mark"


def test_neither_ray_nor_vllm_tells_its_makers_of_a_training():
    given = rl_ray.runtime_environment()["env_vars"]

    assert (given["RAY_USAGE_STATS_ENABLED"], given["VLLM_NO_USAGE_STATS"]) == ("0", "1")
