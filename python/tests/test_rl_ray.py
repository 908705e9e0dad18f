"""What Ray is told of a training; scripts/bench/rl-full-stack trains with it."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

pytest.importorskip("verl", reason="needs the rl environment: run scripts/setup --with rl")

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


HOLDS_MEMORY = """
import sys
from lightning_bridge import rl_ray
rl_ray.own_cluster(sys.argv[1])
import ray

@ray.remote
class Holder:
    def hold(self):
        from multiprocessing.shared_memory import SharedMemory
        self.memory = SharedMemory(create=True, size=1 << 20)
        return self.memory.name

ray.init(address="local", _temp_dir=sys.argv[1], num_cpus=1, include_dashboard=False, object_store_memory=80_000_000)
holder = Holder.remote()
print(ray.get(holder.hold.remote()), flush=True)
ray.shutdown()
"""


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="shared memory is not seen here")
def test_shared_memory_of_rays_processes_is_given_back_when_it_ends():
    with tempfile.TemporaryDirectory(prefix="lb") as folder:  # short: for the names of sockets
        ended = subprocess.run(
            [sys.executable, "-c", HOLDS_MEMORY, folder],
            env=os.environ | {"PYTHONPATH": str(Path(rl_ray.__file__).parent.parent), "RAY_USAGE_STATS_ENABLED": "0"},
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        memory = Path("/dev/shm", ended.stdout.split()[-1])
        until = time.monotonic() + 20
        while memory.exists() and time.monotonic() < until:
            time.sleep(0.2)
    assert not memory.exists()
