"""Our settings as those of agentlightning's trainer, composed by its real Hydra tree. Nothing is trained here."""

import pytest

pytest.importorskip("verl", reason="needs the rl environment: run scripts/setup --with rl")

from lightning_bridge import rl_config  # noqa: E402 (after the check that it can be imported)


def job(validation=2, **given):
    settings = {
        "model": "/models/a model",
        "batch": 8,
        "rollouts": 4,
        "steps": 50,
        "gpus": 4,
        "nodes": 1,
        "learningRate": 1e-6,
        "beta": 0.001,
        "loraRank": 0,
        "maxTokens": 2048,
        "cpuTrial": False,
        "overrides": {},
    }
    return {
        "workFolder": "/runs/r1",
        "seed": 7,
        "train": [f"t{i}" for i in range(16)],
        "validation": [f"v{i}" for i in range(validation)],
        "settings": settings | given,
    }


def refusal(**given):
    with pytest.raises(rl_config.SettingsRefused) as refused:
        rl_config.compose(job(**given))
    return str(refused.value)


def test_our_settings_are_the_trainers_and_it_finds_no_fault():
    config = rl_config.compose(job())

    rl_config.check(config)

    assert config.data.train_batch_size == 8
    assert config.data.max_prompt_length + config.data.max_response_length == 2048
    rollout, actor = config.actor_rollout_ref.rollout, config.actor_rollout_ref.actor
    assert (rollout.name, rollout.n) == ("vllm", 4)
    assert (actor.optim.lr, actor.use_kl_loss, actor.kl_loss_coef) == (1e-6, True, 0.001)
    assert (config.trainer.n_gpus_per_node, config.trainer.nnodes) == (4, 1)
    assert config.trainer.default_local_dir == "/runs/r1/checkpoints"
    assert (config.trainer.resume_mode, config.trainer.save_freq) == ("auto", 5)
    assert config.actor_rollout_ref.model.path == "/models/a model"
    assert config.algorithm.adv_estimator == "grpo"


def test_several_machines_are_a_users_ray_cluster():
    config = rl_config.compose(job(gpus=8, nodes=4, overrides={"+ray_kwargs.ray_init.address": "ray://head:10001"}))

    rl_config.check(config)

    assert (config.trainer.n_gpus_per_node, config.trainer.nnodes) == (8, 4)
    assert config.ray_kwargs.ray_init.address == "ray://head:10001"


def test_an_override_comes_last_and_leaves_the_rest_of_ours():
    config = rl_config.compose(
        job(overrides={"actor_rollout_ref.actor.optim.lr": "2e-5", "actor_rollout_ref.actor.clip_ratio_high": "0.28"})
    )

    assert config.actor_rollout_ref.actor.optim.lr == 2e-5
    assert config.actor_rollout_ref.actor.clip_ratio_high == 0.28
    assert config.actor_rollout_ref.actor.ppo_mini_batch_size == 8


def test_without_a_coefficient_there_is_no_reference_model():
    config = rl_config.compose(job(beta=0))

    rl_config.check(config)

    assert not config.actor_rollout_ref.actor.use_kl_loss


def test_without_validation_tasks_nothing_is_validated():
    config = rl_config.compose(job(validation=0))

    assert not config.trainer.val_before_train
    assert config.trainer.test_freq == -1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"overrides": {"actor_rollout_ref.actor.clip_ration": "0.2"}}, "clip_ration"),
        ({"overrides": {"trainer.default_local_dir": "/elsewhere"}}, "is set by Lightning Bridge"),
        ({"overrides": {"+agentlightning.local.agent_class": "x.Y"}}, "is set by Lightning Bridge"),
        ({"batch": 17}, "a batch of 17 tasks is more than the 16 tasks"),
        ({"gpus": 5}, "32 outputs (batch x rollouts) cannot be shared out evenly among 5 GPUs"),
    ],
)
def test_what_cannot_be_is_refused_in_words(given, words):
    assert words in refusal(**given)


def test_what_verl_itself_refuses_is_told_in_its_words():
    config = rl_config.compose(job(overrides={"actor_rollout_ref.rollout.log_prob_micro_batch_size": "4"}))

    with pytest.raises(rl_config.SettingsRefused, match="log_prob_micro_batch_size"):
        rl_config.check(config)


@pytest.mark.parametrize("template", [None, "/templates/job.yaml"])
def test_the_trainer_is_told_of_local_agents_or_of_a_template_for_kubernetes(template):
    config = rl_config.compose(job())

    rl_config.reach(
        config,
        {
            "baseUrl": "http://127.0.0.1:9",
            "key": "k",
            "agent": "a.B",
            "environment": {"X": "input.task"},
            "jobTemplate": template,
        },
    )

    ours = config.agentlightning
    assert (ours.agl_base_url, ours.agl_key) == ("http://127.0.0.1:9", "k")
    assert ours.k8s.job_template_path == template
    assert ours.local.agent_class == (None if template else "a.B")
