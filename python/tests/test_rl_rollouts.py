"""What becomes of rollouts without a reward: tried again, then left out, then the end."""

import pytest

pytest.importorskip("verl", reason="needs the rl environment: run scripts/setup --with rl")

from agentlightning.verl.agl_rollout_manager import AglRolloutManager, CompletedRollout, Triplet  # noqa: E402

from lightning_bridge.rl_rollouts import RewardedRollouts, RolloutsFailed  # noqa: E402

TURN = Triplet(prompt={"token_ids": [1]}, response={"token_ids": [2]})


def manager(monkeypatch, rewards):
    """One whose rollouts end with these rewards, one after the other; None is a failure. Keeps what was asked."""
    asked, given = [], iter(rewards)

    def run(self, data, *, is_train):
        each = self._train_rollout_n if is_train else 1
        tasks = [task for task in data["task"] for _ in range(each)]
        asked.append(tasks)
        number = len(asked)
        return [completed(f"{number}-{place}", task, place // each, next(given)) for place, task in enumerate(tasks)]

    monkeypatch.setattr(AglRolloutManager, "enqueue_and_wait_until_completed", run)
    made = RewardedRollouts(agl_base_url="http://127.0.0.1:9", agl_key="k", model="m", step=1, train_rollout_n=2)
    return made, asked


def completed(rollout_id, task, sample, reward):
    return CompletedRollout(
        rollout_id=rollout_id,
        data_id=f"data of {task} in {rollout_id[0]}",
        step=1,
        sample_idx_in_step=sample,
        enqueue_time=0,
        input={"task": task},
        final_reward=reward,
        triplets=[TURN],
        error_message=None if reward is not None else "subprocess exited with code 1",
    )


def test_a_rollout_that_failed_is_run_again_in_its_place(monkeypatch):
    rollouts, asked = manager(monkeypatch, [0.1, None, 0.3, 0.4, 0.9])

    done = rollouts.enqueue_and_wait_until_completed({"task": ["a", "b"]}, is_train=True)

    assert [rollout.final_reward for rollout in done] == [0.1, 0.9, 0.3, 0.4]
    assert asked == [["a", "a", "b", "b"], ["a"]]
    assert done[0].data_id == done[1].data_id, "both are compared with each other"
    assert done[1].sample_idx_in_step == 0


def test_one_that_fails_again_and_again_is_left_out(monkeypatch):
    rewards = [0.5] * 19 + [None] + [None, None]
    rollouts, asked = manager(monkeypatch, rewards)

    done = rollouts.enqueue_and_wait_until_completed({"task": [f"t{i}" for i in range(10)]}, is_train=True)

    assert [rollout.final_reward for rollout in done] == [0.5] * 19
    assert len(asked) == 3


def test_too_many_failures_end_the_training_and_say_why(monkeypatch):
    rollouts, _ = manager(monkeypatch, [0.5, None, 0.5, 0.5, None, None])

    with pytest.raises(RolloutsFailed, match="1 of 4 rollouts have no reward, such as: subprocess exited with code 1"):
        rollouts.enqueue_and_wait_until_completed({"task": ["a", "b"]}, is_train=True)


def test_a_reward_of_zero_is_a_reward(monkeypatch):
    rollouts, asked = manager(monkeypatch, [0.0, 0.0])

    assert len(rollouts.enqueue_and_wait_until_completed({"task": ["a", "b"]}, is_train=False)) == 2
    assert len(asked) == 1
